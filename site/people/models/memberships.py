"""Who belongs to which organisation, in which roles, and how that came about."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.organisations import Organisation
from people.querysets import MembershipQuerySet


class Role(models.TextChoices):
    EMPLOYEE = "employee", _("staff member")
    OFFICER = "officer", _("deradicalisation officer")
    COORDINATOR = "coordinator", _("LIVC-R coordinator")
    DECIDER = "decider", _("decision maker")
    MANAGER = "manager", _("manager of members")

    @property
    def explanation(self) -> str:
        return str(ROLE_EXPLANATIONS[self])


ROLE_EXPLANATIONS = {
    Role.EMPLOYEE: _("Works for the organisation and reads what is meant for practitioners."),
    Role.OFFICER: _("Is the point of contact on radicalisation and polarisation."),
    Role.COORDINATOR: _("Leads the LIVC-R and vouches for who belongs to it."),
    Role.DECIDER: _("May commit the organisation, such as with a request that costs money."),
    Role.MANAGER: _("Invites and removes members of the own organisation."),
}


class MembershipState(models.TextChoices):
    REQUESTED = "requested", _("waiting for approval")
    ACTIVE = "active", _("active")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class Origin(models.TextChoices):
    DOMAIN = "domain", _("e-mail domain")
    INVITATION = "invitation", _("invitation")
    APPROVAL = "approval", _("approval by VVSG")
    MERGER = "merger", _("merger")


OPEN_STATES = (MembershipState.REQUESTED, MembershipState.ACTIVE)


class Membership(models.Model):
    """One person in one organisation. Past ones stay: they say who belonged where, and why it ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    state = models.CharField(_("state"), max_length=10, choices=MembershipState, default=MembershipState.REQUESTED)
    origin = models.CharField(_("came about by"), max_length=10, choices=Origin)
    motivation = models.TextField(_("motivation"), blank=True)
    requested_at = models.DateTimeField(_("asked on"), default=timezone.now)
    since = models.DateField(_("member since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it was refused or ended."))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organisation__name", "user__last_name", "user__first_name")
        default_permissions = ()
        permissions = (("manage_memberships", _("Can manage the members of every organisation")),)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(state__in=OPEN_STATES),
                name="membership_open_once",
                violation_error_message=_("This person is a member already, or has asked for it."),
            ),
            models.CheckConstraint(condition=Q(state__in=MembershipState.values), name="membership_state_known"),
            models.CheckConstraint(
                condition=~Q(state=MembershipState.ACTIVE) | Q(since__isnull=False, ended_on__isnull=True),
                name="membership_active_has_a_start_and_no_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=MembershipState.ENDED) | Q(ended_on__isnull=False),
                name="membership_ended_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    @property
    def is_active(self) -> bool:
        return self.state == MembershipState.ACTIVE

    @property
    def roles(self) -> list[Role]:
        """In the order of `Role`; prefetch `role_rows` for lists."""
        held = {row.role for row in self.role_rows.all()}
        return [role for role in Role if role in held]

    @property
    def role_names(self) -> str:
        return ", ".join(str(role.label) for role in self.roles)


class MembershipRole(models.Model):
    """A role that somebody has within one organisation."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="role_rows")
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["membership", "role"], name="membership_role_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class MembershipEvent(models.Model):
    """A line of history: who, when, from, to, why."""

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        ROLES = "roles", _("roles")
        ORGANISATION = "organisation", _("organisation")
        STEWARDSHIP = "stewardship", _("stewardship")
        LIVC = "livc", _("LIVC-R")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("what changed"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: it followed from a rule."),
    )
    old = models.CharField(_("from"), max_length=255, blank=True)
    new = models.CharField(_("to"), max_length=255, blank=True)
    why = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.old or '–'} → {self.new or '–'}"
