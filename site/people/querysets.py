"""Reusable reads of people and organisations."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from people.models import Invitation, LivcMembership, Membership, Organisation, User  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def municipalities(self) -> Self:
        """The Flemish municipalities of today: those that merged into another are left out."""
        return self.filter(kind="municipality", merged_into=None)

    def current(self) -> Self:
        """Those that did not merge into another."""
        return self.filter(merged_into=None)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(state="active")

    def waiting(self) -> Self:
        """The queue of VVSG, the oldest first."""
        return self.filter(state="requested").order_by("requested_at", "pk")

    def with_role(self, role: str) -> Self:
        return self.filter(role_rows__role=role)

    def in_full(self) -> Self:
        """With what a list shows, in a fixed number of queries."""
        return self.select_related("user", "organisation").prefetch_related("role_rows")

    def by_name(self) -> Self:
        return self.order_by("user__last_name", "user__first_name", "user__email")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither accepted nor revoked; those that are too old included, so that they can be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)


class LivcQuerySet(models.QuerySet["LivcMembership"]):
    def not_ended(self) -> Self:
        """What nobody ended, the ones past their last day included."""
        return self.filter(ended_on=None)

    def valid(self, today: datetime.date | None = None) -> Self:
        """What gives a right today."""
        return self.not_ended().filter(valid_until__gte=today or timezone.localdate(), membership__state="active")
