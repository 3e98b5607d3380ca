"""The audit log: who did what that touches access, and when. Rows are added; nothing changes them.

A row holds no name, no address of any kind and no secret. People are in it by their account only: when an account is
made anonymous, so is the log, and no row has to change for it. The database itself refuses a change, and refuses to
delete what is younger than a year (migration 0004).
"""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditAction(models.TextChoices):
    SIGNED_IN = "login.success", _("Signed in")
    SIGN_IN_FAILED = "login.failed", _("Signing in failed")
    SIGNED_OUT = "login.logout", _("Signed out")
    FACTOR_ADDED = "factor.added", _("Second factor added")
    FACTOR_REMOVED = "factor.removed", _("Second factor removed")
    FACTOR_RENEWED = "factor.renewed", _("Recovery codes renewed")
    PASSWORD_CHANGED = "password.changed", _("Password changed")
    ADDRESS_ADDED = "address.added", _("E-mail address added")
    ADDRESS_CHANGED = "address.changed", _("E-mail address changed")
    ADDRESS_REMOVED = "address.removed", _("E-mail address removed")
    LOGIN_LINKED = "link.added", _("Other login linked")
    LOGIN_UNLINKED = "link.removed", _("Other login unlinked")
    ACCOUNT_MADE = "account.made", _("Account made")
    ACCOUNT_SWITCHED = "account.switched", _("Account switched on or off")
    ACCOUNT_DELETED = "account.deleted", _("Account deleted")
    ADMINISTRATOR = "rights.administrator", _("Administrator rights changed")
    GROUPS = "rights.groups", _("Groups of a person changed")
    PERMISSIONS = "rights.permissions", _("Permissions changed")
    MEMBERSHIP = "membership.state", _("Membership changed")
    MEMBER_ROLES = "membership.roles", _("Roles of a member changed")
    LIVC = "membership.livc", _("LIVC-R membership changed")
    STEWARDSHIP = "membership.stewardship", _("Stewardship handed over")
    AUDIENCE = "audience.changed", _("Audience changed")
    PUBLISHED = "page.published", _("Page published")
    UNPUBLISHED = "page.unpublished", _("Page unpublished")
    MOVED = "page.moved", _("Page moved")
    DELETED = "page.deleted", _("Page deleted")
    EXPORTED = "export", _("Data exported")
    GLASS_BROKEN = "intervision.glass", _("Entered a closed intervision room")
    FORGOTTEN = "retention", _("Old data deleted or made anonymous")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reading only; `people.audit.retention` deletes what has passed its term."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("The audit log cannot be changed.")

    def delete(self) -> NoReturn:
        raise PermissionDenied("The audit log cannot be changed.")

    def forget_before(self, moment: Any) -> int:
        """For the retention job; the database refuses it for what is younger than a year."""
        return self.filter(at__lt=moment)._raw_delete(self.db)  # type: ignore[attr-defined,no-any-return]


class AuditEntry(models.Model):
    """`actor` did it (empty: a rule, a command or a stranger); `subject` is the account that it is about."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    action = models.CharField(_("what"), max_length=32, choices=AuditAction, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("about whom"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    object_type = models.CharField(_("kind of object"), max_length=64, blank=True, editable=False)
    object_id = models.CharField(_("number of object"), max_length=64, blank=True, editable=False)
    object_label = models.CharField(_("object"), max_length=255, blank=True, editable=False)
    details = models.JSONField(_("details"), default=dict, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ("-at", "-pk")
        default_permissions = ("view",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-at", "-id"], name="audit_newest_first"),
            models.Index(fields=["action", "-at"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionDenied("The audit log cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("The audit log cannot be changed.")

    @property
    def what(self) -> str:
        """The details in one line, for the list and the export."""
        from people.audit.words import in_words

        return in_words(self.details)
