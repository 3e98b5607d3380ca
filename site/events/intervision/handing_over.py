"""Who guides a group cannot just go: the group passes to another member, never to somebody from outside."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from events.choices import MemberState, Part
from events.intervision import mails
from events.intervision.services.leaving import make_facilitator
from events.intervision.services.locking import active, locked
from events.models import GroupMember
from people.holdings import Holding, Ownerless, Provider
from people.models import User


class GroupProvider(Provider):
    name = "intervision"

    def held_by(self, user: User) -> list[Holding]:
        rows = _facilitators().filter(user=user).select_related("group")
        return [
            Holding(
                self.name,
                str(row.pk),
                _("An intervision group"),
                _("intervision group that she guides"),
                reverse("intervision_room", args=[row.group.uid]),
            )
            for row in rows
            if active(row.group).exclude(pk=row.pk).exists()
        ]

    def hidden_from(self, holdings: Iterable[Holding], reader: User) -> set[str]:
        """That somebody guides one is no secret to who sees to her work; which one is, so no title names it."""
        held = list(holdings)
        rows = GroupMember.objects.filter(pk__in=[int(holding.key) for holding in held])
        mine = set(rows.filter(group__members__in=_in_by(reader)).values_list("pk", flat=True))
        return {holding.name for holding in held if int(holding.key) not in mine}

    def hand_over(self, holdings: Iterable[Holding], *, old: User, new: User, by: User | None) -> None:
        """To who is a member; else the members hear that one of them can take it on."""
        for row in _facilitators().filter(pk__in=[int(holding.key) for holding in holdings], user=old):
            group = locked(row.group, closed=True)
            successor = active(group).filter(user=new).first()
            if successor is not None:
                make_facilitator(group, successor, old=row)
            else:
                row.part = Part.MEMBER
                row.save(update_fields=["part"])
                mails.facilitator_wanted(group)

    def ownerless(self) -> list[Ownerless]:
        """Nothing: the members themselves see it in their room, and nobody else needs to know of a group."""
        return []


def _facilitators() -> "QuerySet[GroupMember]":
    return GroupMember.objects.filter(part=Part.FACILITATOR, state=MemberState.ACTIVE, group__closed_at=None)


def _in_by(reader: User) -> "QuerySet[GroupMember]":
    return GroupMember.objects.filter(user=reader, state=MemberState.ACTIVE)
