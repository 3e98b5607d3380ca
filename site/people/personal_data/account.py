"""The account itself: addresses, devices, the second step, other logins. No secret is among it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from core.mail.models import OutgoingMail
from people.models import User
from people.personal_data import Provider, Row, explain, register


def _account(user: User) -> list[Row]:
    return [
        {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "since": user.date_joined,
            "last_login": user.last_login,
            "groups": sorted(user.groups.values_list("name", flat=True)),
            "permissions": sorted(user.user_permissions.values_list("codename", flat=True)),
            "administrator": user.is_superuser,
            "livc_until": user.livc_until,
        }
    ]


def _addresses(user: User) -> list[Row]:
    found = EmailAddress.objects.filter(user=user).order_by("-primary", "email")
    return [{"email": row.email, "confirmed": row.verified, "primary": row.primary} for row in found]


def _sessions(user: User) -> list[Row]:
    found = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    return [
        {"since": row.created_at, "last_seen": row.last_seen_at, "ip": row.ip, "device": row.user_agent}
        for row in found
    ]


def _factors(user: User) -> list[Row]:
    found = Authenticator.objects.filter(user=user).order_by("created_at")
    return [
        {"kind": row.get_type_display(), "name": _name(row), "since": row.created_at, "last_used": row.last_used_at}
        for row in found
    ]


def _name(factor: Authenticator) -> str:
    """What its owner called a passkey; of the data of a factor nothing else leaves."""
    return str(factor.data.get("name", "")) if factor.type == Authenticator.Type.WEBAUTHN else ""


def _logins(user: User) -> list[Row]:
    found = SocialAccount.objects.filter(user=user).order_by("date_joined")
    return [
        {
            "provider": row.provider,
            "number": row.uid,
            "organisation": row.extra_data.get("organisation", ""),
            "since": row.date_joined,
            "last_login": row.last_login,
        }
        for row in found
    ]


def _profile(user: User) -> list[Row]:
    found = UserProfile.objects.filter(user=user)
    return [
        {"language": row.preferred_language, "time_zone": row.current_time_zone, "picture": bool(row.avatar)}
        for row in found
    ]


def _mails(user: User) -> list[Row]:
    """Their text is left out: it can hold a key."""
    found = OutgoingMail.objects.filter(to__iexact=user.email)
    return [{"subject": row.subject, "written": row.created_at, "attempts": row.attempts} for row in found]


def _deleting(model: Any) -> Any:
    def forget(user: User) -> None:
        model._default_manager.filter(user=user).delete()

    return forget


def _forget_profile(user: User) -> None:
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()


def _forget_mails(user: User) -> None:
    OutgoingMail.objects.filter(to__iexact=user.email).delete()


SINCE, LAST_USED = _("Since"), _("Last used")
PROVIDERS = (
    Provider(
        "account",
        _("Account"),
        ("people.User_groups.user", "people.User_user_permissions.user"),
        {
            "email": _("E-mail address"),
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "since": SINCE,
            "last_login": _("Last signed in"),
            "groups": _("Groups"),
            "permissions": _("Permissions"),
            "administrator": _("Administrator"),
            "livc_until": _("LIVC-R until"),
        },
        _account,
    ),
    Provider(
        "email_addresses",
        _("E-mail addresses"),
        ("account.EmailAddress.user",),
        {"email": _("E-mail address"), "confirmed": _("Confirmed"), "primary": _("Used for mail")},
        _addresses,
        _deleting(EmailAddress),
    ),
    Provider(
        "sessions",
        _("Devices on which you are signed in"),
        ("usersessions.UserSession.user",),
        {"since": SINCE, "last_seen": LAST_USED, "ip": _("IP address"), "device": _("Device")},
        _sessions,
        _deleting(UserSession),
    ),
    Provider(
        "factors",
        _("Second step at sign-in"),
        ("mfa.Authenticator.user",),
        {"kind": _("Kind"), "name": _("Name"), "since": SINCE, "last_used": LAST_USED},
        _factors,
        _deleting(Authenticator),
    ),
    Provider(
        "other_logins",
        _("Other logins"),
        ("socialaccount.SocialAccount.user",),
        {
            "provider": _("Login"),
            "number": _("Number there"),
            "organisation": _("Organisation"),
            "since": SINCE,
            "last_login": _("Last signed in"),
        },
        _logins,
        _deleting(SocialAccount),
    ),
    Provider(
        "profile",
        _("Settings of the admin"),
        ("wagtailusers.UserProfile.user",),
        {"language": _("Language"), "time_zone": _("Time zone"), "picture": _("Picture")},
        _profile,
        _forget_profile,
    ),
    Provider(
        "mails_waiting",
        _("Mails to you that are not sent yet"),
        (),
        {"subject": _("Subject"), "written": _("Written on"), "attempts": _("Attempts")},
        _mails,
        _forget_mails,
    ),
)


def connect() -> None:
    register(*PROVIDERS)
    explain("wagtailadmin.EditingSession.user", "Who has a form open now; Wagtail deletes it within the day.")
