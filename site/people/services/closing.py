"""Setting for whom a page, with everything below it, or a collection of documents is."""

from typing import TypeVar

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from people.audiences import GROUPS, Audience
from people.models import User

RestrictionT = TypeVar("RestrictionT", bound=BaseViewRestriction)


@transaction.atomic
def set_page_audience(page: Page, audience: Audience, *, by: User | None = None) -> None:
    """PUBLIC takes away what the page itself has; what it inherits stays. Wagtail logs who did it."""
    own = PageViewRestriction.objects.filter(page=page).first()
    if audience is Audience.PUBLIC:
        if own is not None:
            own.delete(user=by)
        return
    restriction = own or PageViewRestriction(page=page)
    restriction.restriction_type = BaseViewRestriction.GROUPS
    restriction.save(user=by)
    _give_groups(restriction, audience)


@transaction.atomic
def set_collection_audience(collection: Collection, audience: Audience) -> None:
    """As `set_page_audience`, for the documents of a collection and of those below it."""
    own = CollectionViewRestriction.objects.filter(collection=collection).first()
    if audience is Audience.PUBLIC:
        if own is not None:
            own.delete()
        return
    restriction = own or CollectionViewRestriction(collection=collection)
    restriction.restriction_type = BaseViewRestriction.GROUPS
    restriction.save()
    _give_groups(restriction, audience)


def _give_groups(restriction: RestrictionT, audience: Audience) -> None:
    restriction.groups.set(Group.objects.get_or_create(name=name)[0] for name in GROUPS[audience])
