"""The closed circle of a LIVC-R: somebody's place in it, on a coordinator's word, never for longer than a year."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.memberships import Membership
from people.querysets import LivcQuerySet


class LivcMembership(models.Model):
    """Within the LIVC-R of one organisation. After `valid_until` it gives no right, whether it was ended or not."""

    membership = models.ForeignKey(
        Membership, verbose_name=_("member"), on_delete=models.CASCADE, related_name="livc_memberships"
    )
    on_word_of = models.CharField(
        _("on the word of"),
        max_length=200,
        help_text=_("The LIVC-R coordinator who said so, and when or how. No data about a case."),
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("granted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    confirmed_on = models.DateField(_("last confirmed on"), default=timezone.localdate)
    valid_until = models.DateField(_("until"))
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    end_reason = models.CharField(_("reason"), max_length=255, blank=True)

    objects = LivcQuerySet.as_manager()

    class Meta:
        verbose_name = _("LIVC-R membership")
        verbose_name_plural = _("LIVC-R memberships")
        ordering = ("valid_until",)
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(ended_on__isnull=True),
                name="livc_membership_open_once",
                violation_error_message=_("This person belongs to the LIVC-R already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="livc_membership_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__gte=F("valid_from")), name="livc_membership_confirmed_later"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def is_valid(self) -> bool:
        return self.ended_on is None and self.valid_until >= timezone.localdate()
