"""What a merger of organisations means for practices: the contact moves along; where it ran is history and stays."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Revision

from people.holdings import Provider
from people.models import Organisation, User
from practices.models import PracticePage


class ContactProvider(Provider):
    """The organisation of the contact. Search finds a merged municipality's practices under its successor as well."""

    name = "contact"

    def count_of_organisation(self, organisation: Organisation) -> dict[str, int]:
        return {_("Practices with it as the contact"): self._pages(organisation).count()}

    def move_organisation(self, old: Organisation, new: Organisation, *, by: User | None) -> None:
        for page in self._pages(old):
            page.contact_organisation = new
            page.save(update_fields=["contact_organisation"], clean=False)
        kind = ContentType.objects.get_for_model(PracticePage)
        waiting = Q(pk__in=PracticePage.objects.values("latest_revision_id")) | Q(approved_go_live_at__isnull=False)
        for revision in Revision.objects.filter(waiting, content_type=kind, content__contact_organisation=old.pk):
            revision.content["contact_organisation"] = new.pk
            revision.save(update_fields=["content"])

    def _pages(self, organisation: Organisation) -> Any:
        return PracticePage.objects.filter(contact_organisation=organisation)
