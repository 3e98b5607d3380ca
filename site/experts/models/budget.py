"""How much a municipality may book in a year, and what the pool may cost in a year.

What is used, held and left follows from `Charge`: the part of a booking that falls in one year.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.models.bookings import Booking
from people.models import Organisation, SizeClass


class PoolYear(models.Model):
    """The budget of the pool in one year, in euro."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    budget = models.DecimalField(_("budget in euro"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("year of the pool")
        verbose_name_plural = _("years of the pool")
        ordering = ("-year",)
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.year)


class Quota(models.Model):
    """Day-parts a year for a municipality of a size class; the empty class holds for those without one."""

    pool_year = models.ForeignKey(PoolYear, on_delete=models.CASCADE, related_name="quotas")
    size_class = models.CharField(_("size class"), max_length=10, choices=SizeClass, blank=True)
    day_parts = models.PositiveSmallIntegerField(_("day-parts a year"))

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pool_year", "size_class"], name="quota_once_for_a_size_class")
        ]


class Allowance(models.Model):
    """More than the quota, or more than the budget, by VVSG and with a reason."""

    pool_year = models.ForeignKey(PoolYear, on_delete=models.CASCADE, related_name="allowances")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="allowances",
        help_text=_("Empty: more for the budget of the whole pool."),
    )
    day_parts = models.PositiveSmallIntegerField(_("more day-parts"), default=0)
    euro = models.DecimalField(_("more euro"), max_digits=10, decimal_places=2, default=0)
    reason = models.TextField(_("why"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ("-at", "-pk")


class Charge(models.Model):
    """What a booking takes of one year: day-parts of the municipality's quota, euro of the pool's budget."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="charges")
    year = models.PositiveSmallIntegerField()
    day_parts = models.PositiveSmallIntegerField()
    euro = models.DecimalField(max_digits=8, decimal_places=2, default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "year"], name="booking_charged_once_a_year")
        ]
