"""A booking: from the question of a municipality to its evaluation.

A day-part of an expert belongs to at most one booking: `BookedDayPart` is unique on expert, day and day-part, held and
confirmed ones alike, and is deleted where it is released.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.choices import Answer, BookingState, DayPart, OfferKind, Party, Place, RefusalReason
from experts.day_parts import Slot
from experts.models.offers import ExpertOffer
from experts.models.pages import ExpertPage
from people.models import Organisation
from taxonomy.models import Concept


class Booking(models.Model):
    """What a municipality asks, and where it stands. `version` grows with every change: a stale tab is noticed."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="bookings"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="bookings",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail address of the contact"), blank=True)
    contact_phone = models.CharField(_("telephone of the contact"), max_length=40, blank=True)

    subject = models.CharField(_("subject"), max_length=150)
    question = models.TextField(_("your question"), blank=True)
    offer_kind = models.CharField(_("what you ask"), max_length=12, choices=OfferKind)
    offer = models.ForeignKey(
        ExpertOffer,
        verbose_name=_("offer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bookings",
    )
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    group_size = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=10, choices=Place, default=Place.ON_SITE)
    address = models.CharField(_("address"), max_length=255, blank=True)
    online_link = models.URLField(_("online link"), blank=True)
    themes = models.ManyToManyField(Concept, verbose_name=_("themes"), blank=True, related_name="+")
    level = models.CharField(_("prevention level"), max_length=10, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    urgency_reason = models.TextField(_("why it is urgent"), blank=True)
    vvsg_searches = models.BooleanField(_("VVSG looks for an expert"), default=False)
    day_parts = models.PositiveSmallIntegerField(_("day-parts"), default=1)
    municipality_cost = models.DecimalField(_("cost for the municipality"), max_digits=8, decimal_places=2, default=0)
    pool_cost = models.DecimalField(_("cost for the pool"), max_digits=8, decimal_places=2, default=0)

    state = models.CharField(_("state"), max_length=12, choices=BookingState, default=BookingState.DRAFT)
    turn = models.CharField(_("whose turn"), max_length=12, choices=Party, default=Party.MUNICIPALITY)
    turn_until = models.DateField(_("until"), null=True, blank=True)
    held_until = models.DateTimeField(_("options held until"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    moving_by = models.CharField(_("who proposed to move"), max_length=12, choices=Party, blank=True)
    cancelled_late = models.BooleanField(_("cancelled late"), default=False)
    by_phone = models.BooleanField(_("entered by VVSG"), default=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged_from",
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text=_("Of the invitations, as in RFC 5545."))
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    requested_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ("-created_at", "-pk")
        default_permissions = ()
        permissions = (("manage_bookings", _("Can treat the bookings of the expert pool")),)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(state__in=BookingState.values), name="booking_state_known"),
            models.CheckConstraint(condition=models.Q(turn__in=Party.values), name="booking_turn_known"),
            models.CheckConstraint(condition=models.Q(day_parts__gte=1), name="booking_takes_a_day_part"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "turn_until"])]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.subject}"


class BookingExpert(models.Model):
    """An expert who is or was asked for a booking. Who refused, or was passed over, stays: it is its history."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="asked")
    expert = models.ForeignKey(ExpertPage, on_delete=models.PROTECT, related_name="asked_for")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: wished for, not asked yet."))
    answered_at = models.DateTimeField(null=True, blank=True)
    option = models.ForeignKey(
        "BookingOption",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What she accepted; empty while she is asked to move."),
    )
    refusal = models.CharField(_("reason"), max_length=12, choices=RefusalReason, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["booking", "expert"],
                condition=models.Q(answer__in=(Answer.WAITING, Answer.ACCEPTED)),
                name="expert_asked_once_for_a_booking",
            ),
            models.CheckConstraint(condition=models.Q(answer__in=Answer.values), name="booking_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.expert}: {self.get_answer_display()}"


class BookingOption(models.Model):
    """One of up to three possibilities, each of one or more day-parts, over one or more sessions."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="options")
    rank = models.PositiveSmallIntegerField()
    chosen = models.BooleanField(default=False)
    moving = models.BooleanField(default=False, help_text=_("Proposed to replace the chosen one."))

    class Meta:
        default_permissions = ()
        ordering = ("booking", "rank")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "rank"], name="booking_option_rank_once"),
            models.UniqueConstraint(
                fields=["booking"], condition=models.Q(chosen=True), name="booking_has_one_chosen_option"
            ),
        ]

    @property
    def slots(self) -> list[Slot]:
        """Its day-parts in the order of time; prefetch `day_parts` for lists."""
        return sorted(row.slot for row in self.day_parts.all())


class OptionDayPart(models.Model):
    """A day-part of an option."""

    option = models.ForeignKey(BookingOption, on_delete=models.CASCADE, related_name="day_parts")
    day = models.DateField(_("day"))
    day_part = models.CharField(_("day-part"), max_length=10, choices=DayPart)

    class Meta:
        default_permissions = ()
        ordering = ("day", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["option", "day", "day_part"], name="option_day_part_once"),
            models.CheckConstraint(condition=models.Q(day_part__in=DayPart.values), name="option_day_part_known"),
        ]

    @property
    def slot(self) -> Slot:
        return Slot(self.day, DayPart(self.day_part))


class BookedDayPart(models.Model):
    """A day-part that an expert cannot give to anybody else: held for a request, or confirmed. Never twice."""

    expert = models.ForeignKey(ExpertPage, on_delete=models.PROTECT, related_name="booked")
    day = models.DateField()
    day_part = models.CharField(max_length=10, choices=DayPart)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="booked")
    confirmed = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("day", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["expert", "day", "day_part"], name="expert_day_part_never_twice"),
            models.CheckConstraint(condition=models.Q(day_part__in=DayPart.values), name="booked_day_part_known"),
            models.CheckConstraint(
                condition=models.Q(confirmed=True) | models.Q(held_until__isnull=False),
                name="booked_day_part_held_until_a_moment",
            ),
        ]

    @property
    def slot(self) -> Slot:
        return Slot(self.day, DayPart(self.day_part))


class BookingEvent(models.Model):
    """A line of the history: who, when, from, to, why. `action` names the service that did it."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: it followed from a rule."),
    )
    party = models.CharField(max_length=12, choices=Party, default=Party.NOBODY)
    action = models.CharField(max_length=30)
    old = models.CharField(max_length=12, choices=BookingState, blank=True)
    new = models.CharField(max_length=12, choices=BookingState, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("at", "pk")
