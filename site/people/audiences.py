"""Who may see what: the one place that answers it.

An *audience token* is a short text on a document and on a reader. A reader sees a document when they share a token.
Tokens: ``public``, ``login`` (any signed-in reader) and ``group:<pk>``. Pages get theirs from Wagtail's page privacy,
inherited downward; a reader of a page must satisfy every restriction above it. A shared password opens nothing.

Editors choose an `Audience`, which is a restriction to the groups named here. LIVC-R stands in both, so that a page for
the LIVC-R in a section for professionals has readers.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from core.privacy import page_restrictions
from people.models import User
from people.rights import LIVC, PRACTITIONERS


class Audience(TextChoices):
    """For whom a page, a section or a collection is, from wide to narrow."""

    PUBLIC = "public", _("Everybody")
    PRACTITIONERS = "practitioners", _("Professionals")
    LIVC_R = "livc_r", _("LIVC-R")


GROUPS: dict[Audience, tuple[str, ...]] = {Audience.PRACTITIONERS: (PRACTITIONERS, LIVC), Audience.LIVC_R: (LIVC,)}
PUBLIC = "public"
SIGNED_IN = "login"
Reader: TypeAlias = User | AnonymousUser
PagesT = TypeVar("PagesT", bound=PageQuerySet[Any])


def audiences_of(reader: Reader) -> frozenset[str]:
    """The tokens a reader holds. Administrators hold every group's; the LIVC-R's is held up to its last day only."""
    if not isinstance(reader, User):
        return frozenset({PUBLIC})
    groups = Group.objects.all() if reader.is_superuser else reader.groups.all()
    if not (reader.is_superuser or reader.is_in_livc):
        groups = groups.exclude(name=LIVC)
    return frozenset({PUBLIC, SIGNED_IN, *(f"group:{pk}" for pk in groups.values_list("pk", flat=True))})


def audiences_of_pages(pages: Iterable[Page]) -> dict[int, frozenset[str]]:
    """The tokens that may see each page, by page id; empty where nobody may (conflicting restrictions)."""
    restrictions = page_restrictions()
    return {page.pk: _tokens(r for r in restrictions if page.path.startswith(r.page.path)) for page in pages}


def _tokens(restrictions: Iterable[PageViewRestriction]) -> frozenset[str]:
    """Intersect the restrictions that hold: stricter than Wagtail where two name different groups, never looser."""
    allowed: frozenset[str] | None = None
    login = False
    for restriction in restrictions:
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            login = True
            continue
        tokens = frozenset(f"group:{group.pk}" for group in restriction.groups.all())
        allowed = tokens if allowed is None else allowed & tokens
    if allowed is not None:
        return allowed
    return frozenset({SIGNED_IN}) if login else frozenset({PUBLIC})


def visible_to(pages: PagesT, reader: Reader) -> PagesT:
    """Keep the live pages of a queryset that a reader may see."""
    hidden = Q()
    for path in hidden_paths(reader):
        hidden |= Q(path__startswith=path)
    pages = pages.live()
    return pages.exclude(hidden) if hidden else pages


def hidden_paths(reader: Reader) -> tuple[str, ...]:
    """The tree paths at and below which this reader may see nothing. For `str.startswith`."""
    tokens = audiences_of(reader)
    return tuple(found.page.path for found in page_restrictions() if not (_tokens([found]) & tokens))


def may_see(page: Page, reader: Reader) -> bool:
    """Who the reader is, is only asked about a page that is not public."""
    allowed = audiences_of_pages([page])[page.pk]
    return PUBLIC in allowed or bool(allowed & audiences_of(reader))


def audience_of(restriction: BaseViewRestriction) -> Audience | None:
    """What a restriction stands for; None for one of another shape: any login, other groups, a password."""
    if restriction.restriction_type != BaseViewRestriction.GROUPS:
        return None
    names = {group.name for group in restriction.groups.all()}
    if names == {LIVC}:
        return Audience.LIVC_R
    return Audience.PRACTITIONERS if names in ({PRACTITIONERS}, {PRACTITIONERS, LIVC}) else None
