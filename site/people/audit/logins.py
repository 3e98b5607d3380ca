"""What happens to logins. An address that was tried is never written: it may be a stranger's, or a password."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.http import HttpRequest

from people.audit import record
from people.models import AuditAction, User


def _signed_in(sender: type[Model], user: User, **kwargs: Any) -> None:
    record(AuditAction.SIGNED_IN, actor=user, subject=user)


def _failed(sender: object, credentials: dict[str, Any], **kwargs: Any) -> None:
    """By a password. Of an unknown address only that it happened."""
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    record(AuditAction.SIGN_IN_FAILED, subject=User.objects.filter(email=address).first(), details={"by": "password"})


def _factor_failed(sender: object, user: User, **kwargs: Any) -> None:
    record(AuditAction.SIGN_IN_FAILED, subject=user, details={"by": "second factor"})


def _code_failed(sender: object, user: User | None = None, **kwargs: Any) -> None:
    record(AuditAction.SIGN_IN_FAILED, subject=user, details={"by": "code by mail"})


def _signed_out(sender: object, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(AuditAction.SIGNED_OUT, actor=user, subject=user)


def _of_factor(action: AuditAction) -> Any:
    def listen(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
        record(action, subject=user, details={"kind": str(authenticator.type)})

    return listen


def _of_user(action: AuditAction, **details: str) -> Any:
    def listen(sender: object, user: User, **kwargs: Any) -> None:
        record(action, subject=user, details=details)

    return listen


def _linked(sender: object, request: HttpRequest, sociallogin: Any, **kwargs: Any) -> None:
    record(AuditAction.LOGIN_LINKED, subject=sociallogin.user, details={"provider": sociallogin.account.provider})


def _unlinked(sender: object, request: HttpRequest, socialaccount: Any, **kwargs: Any) -> None:
    record(AuditAction.LOGIN_UNLINKED, subject=socialaccount.user, details={"provider": socialaccount.provider})


LISTENERS = (
    (user_logged_in, _signed_in),
    (user_login_failed, _failed),
    (user_logged_out, _signed_out),
    (mfa.authentication_failed, _factor_failed),
    (account.login_code_rejected, _code_failed),
    (mfa.authenticator_added, _of_factor(AuditAction.FACTOR_ADDED)),
    (mfa.authenticator_removed, _of_factor(AuditAction.FACTOR_REMOVED)),
    (mfa.authenticator_reset, _of_factor(AuditAction.FACTOR_RENEWED)),
    (account.password_changed, _of_user(AuditAction.PASSWORD_CHANGED, how="changed")),
    (account.password_set, _of_user(AuditAction.PASSWORD_CHANGED, how="set")),
    (account.password_reset, _of_user(AuditAction.PASSWORD_CHANGED, how="forgotten")),
    (account.email_added, _of_user(AuditAction.ADDRESS_ADDED)),
    (account.email_changed, _of_user(AuditAction.ADDRESS_CHANGED)),
    (account.email_removed, _of_user(AuditAction.ADDRESS_REMOVED)),
    (social.social_account_added, _linked),
    (social.social_account_removed, _unlinked),
)
