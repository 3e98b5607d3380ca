"""When an expert is free: a weekly pattern, exceptions, her own calendar, and the bounds on travel and workload."""

import secrets
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from experts.choices import DayPart
from experts.models.pages import ExpertPage
from people.mfa import SealedTextField, unseal
from people.models import Province


def new_secret() -> str:
    """What nobody guesses, for an address that opens without signing in."""
    return secrets.token_urlsafe(32)


_secret = new_secret  # as the first migration names it


class AvailabilityRules(models.Model):
    """The bounds of one expert. Buffers are in day-parts, left free before and after a booking on site."""

    expert = models.OneToOneField(ExpertPage, on_delete=models.CASCADE, related_name="availability")
    lead_days = models.PositiveSmallIntegerField(
        _("lead time in days"), default=7, help_text=_("How many days ahead a booking is possible at the earliest.")
    )
    max_per_week = models.PositiveSmallIntegerField(
        _("most day-parts a week"), default=5, validators=[MaxValueValidator(21)]
    )
    home_province = models.CharField(_("starts from"), max_length=20, choices=Province, blank=True)
    buffer_near = models.PositiveSmallIntegerField(
        _("free day-parts around a booking in the own province"), default=0, validators=[MaxValueValidator(3)]
    )
    buffer_far = models.PositiveSmallIntegerField(
        _("free day-parts around a booking in another province"), default=1, validators=[MaxValueValidator(3)]
    )
    works_on_holidays = models.BooleanField(_("also on public holidays"), default=False)
    # Signed, it is the address of her feed (`availability.feed`): another one ends the old address.
    feed_nonce = models.CharField(max_length=64, default=new_secret, editable=False)

    class Meta:
        default_permissions = ()


class WeeklyDayPart(models.Model):
    """A day-part on which the expert works every week. `weekday`: 0 is Monday, as in Python."""

    expert = models.ForeignKey(ExpertPage, on_delete=models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField()
    day_part = models.CharField(max_length=10, choices=DayPart)

    class Meta:
        default_permissions = ()
        ordering = ("weekday", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["expert", "weekday", "day_part"], name="weekly_day_part_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekly_day_part_on_a_weekday"),
        ]


class AvailabilityException(models.Model):
    """From a day to a day (both included) free or not, against the weekly pattern. No day-part: the whole day."""

    expert = models.ForeignKey(ExpertPage, on_delete=models.CASCADE, related_name="exceptions")
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    day_part = models.CharField(_("day-part"), max_length=10, choices=DayPart, blank=True)
    free = models.BooleanField(_("free"), default=False)
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("Only you and VVSG see this."))

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        default_permissions = ()
        ordering = ("first", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="exception_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]


class CalendarSource(models.Model):
    """The expert's own calendar: an address that is fetched, or a file that was uploaded.

    `tried_at` is the last attempt and `fetched_at` the last that worked; what that found stays until the next one does.
    """

    expert = models.OneToOneField(ExpertPage, on_delete=models.CASCADE, related_name="calendar")
    url = SealedTextField(_("address of the calendar"), blank=True)  # with most providers it is a key
    uploaded_name = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    read_until = models.DateField(null=True, blank=True, help_text=_("Later appointments were not looked at."))
    error = models.CharField(max_length=255, blank=True)

    class Meta:
        default_permissions = ()

    @property
    def address(self) -> str:
        return unseal(self.url)


class BusyTime(models.Model):
    """A stretch in which the expert's own calendar is busy. No title or place is kept."""

    expert = models.ForeignKey(ExpertPage, on_delete=models.CASCADE, related_name="busy")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("starts_at",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expert", "starts_at"])]
