"""Who acts for an expert, what is private about one, and who vouches for one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.models.pages import ExpertPage


class ExpertAccount(models.Model):
    """That somebody acts for an expert: answers requests, keeps profile and availability."""

    expert = models.ForeignKey(ExpertPage, verbose_name=_("expert"), on_delete=models.CASCADE, related_name="accounts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="expert_accounts"
    )
    since = models.DateField(_("since"), default=timezone.localdate)

    class Meta:
        verbose_name = _("account of an expert")
        verbose_name_plural = _("accounts of experts")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["expert", "user"], name="expert_account_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.expert}"


class ExpertPrivate(models.Model):
    """For VVSG and the expert alone: kept beside the page, so that no revision, search or export holds it."""

    expert = models.OneToOneField(ExpertPage, on_delete=models.CASCADE, related_name="private")
    email = models.EmailField(
        _("e-mail address for requests"), blank=True, help_text=_("Empty: those who act for the expert get the mails.")
    )
    mobile = models.CharField(_("mobile number"), max_length=40, blank=True)
    iban = models.CharField(_("bank account (IBAN)"), max_length=34, blank=True)
    notes = models.TextField(_("notes of VVSG"), blank=True, help_text=_("The expert does not see these."))

    class Meta:
        verbose_name = _("private data of an expert")
        verbose_name_plural = _("private data of experts")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.expert)


class ExpertReference(models.Model):
    """Somebody for whom the expert worked. Shown once the referee confirmed it by a mailed link, for a year."""

    expert = models.ForeignKey(ExpertPage, on_delete=models.CASCADE, related_name="references")
    organisation = models.CharField(_("for whom"), max_length=150)
    what = models.CharField(_("what"), max_length=300)
    when = models.CharField(_("when"), max_length=60)
    referee_name = models.CharField(_("name of the referee"), max_length=120)
    referee_email = models.EmailField(_("e-mail address of the referee"))
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(default=0)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("-confirmed_on", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.organisation}: {self.what}"

    @property
    def is_shown(self) -> bool:
        """Confirmed within the year, and not refused since."""
        from experts.directory.references import VALID

        confirmed = self.confirmed_on is not None and self.confirmed_on > timezone.localdate() - VALID
        return confirmed and self.refused_on is None
