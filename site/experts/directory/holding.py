"""Acting for an expert is something that somebody holds: it passes to a successor, or VVSG sees that nobody does."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from experts.models import ExpertAccount, ExpertPage
from people.audiences import visible_to
from people.holdings import Holding, Ownerless, Provider
from people.models import Organisation, User


class ExpertProvider(Provider):
    name = "expert"

    def held_by(self, user: User) -> list[Holding]:
        """Only where nobody else acts for the expert: otherwise nothing is left behind."""
        mine = ExpertAccount.objects.filter(user=user).select_related("expert")
        alone = [row for row in mine if not _others(row).exists()]
        return [
            Holding(
                self.name, str(row.expert_id), row.expert.title, _("expert"), reverse("my_expert", args=[row.expert_id])
            )
            for row in alone
        ]

    def hidden_from(self, holdings: Iterable[Holding], reader: User) -> set[str]:
        """A closed expert, except for who acts for her."""
        holdings = list(holdings)
        shown = visible_to(ExpertPage.objects.all(), reader).filter(pk__in=[int(held.key) for held in holdings])
        seen = {str(pk) for pk in shown.values_list("pk", flat=True)} | {str(pk) for pk in self._own(reader)}
        return {held.name for held in holdings if held.key not in seen}

    def hand_over(self, holdings: Iterable[Holding], *, old: User, new: User, by: User | None) -> None:
        for holding in holdings:
            ExpertAccount.objects.get_or_create(expert_id=int(holding.key), user=new)
            ExpertAccount.objects.filter(expert_id=int(holding.key), user=old).delete()

    def ownerless(self) -> list[Ownerless]:
        nobody = ExpertPage.objects.live().exclude(accounts__user__is_active=True).order_by("title")
        return [
            Ownerless(
                page.title, _("expert"), _("Nobody acts for this expert"), reverse("expert_private", args=[page.pk])
            )
            for page in nobody
            if page.is_listed
        ]

    def watched(self) -> dict[str, int]:
        return {str(ExpertPage._meta.verbose_name_plural): ExpertPage.objects.live().count()}

    def count_of_organisation(self, organisation: Organisation) -> dict[str, int]:
        return {_("Experts of it"): ExpertPage.objects.filter(organisation=organisation).count()}

    def move_organisation(self, old: Organisation, new: Organisation, *, by: User | None) -> None:
        pages: Any = ExpertPage.objects.filter(organisation=old)
        for page in pages:
            page.organisation = new
            page.save(update_fields=["organisation"], clean=False)
            waiting = Revision.objects.for_instance(page).filter(content__organisation=old.pk)
            for revision in waiting.filter(pk=page.latest_revision_id):
                revision.content["organisation"] = new.pk
                revision.save(update_fields=["content"])

    def _own(self, user: User) -> Iterable[int]:
        return ExpertAccount.objects.filter(user=user).values_list("expert", flat=True)


def _others(row: Any) -> QuerySet[ExpertAccount]:
    return ExpertAccount.objects.filter(expert=row.expert_id, user__is_active=True).exclude(user=row.user_id)
