"""What allauth leaves to the site: the name in its mails, whom a limit shuts out, how access is confirmed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.mail.html import with_html
from core.models import SiteSettings
from people.devices import device_name
from people.models import User
from people.second_factor import factors_of

PASSKEY = "mfa_reauthenticate:webauthn"  # allauth's name for this way to confirm


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Without django.contrib.sites allauth knows only the host; a mail is signed with the title of the site."""
        title = SiteSettings.for_request(allauth_context.request).site_title
        device = device_name(context.get("user_agent", ""))
        super().send_mail(template_prefix, email, {**context, "site_title": title, "device": device})

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """In our design as well, from the text."""
        return with_html(super().render_mail(*args, **kwargs))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Takes as long as making the account would, which hashes the password: the time would tell."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Per account and address: whoever guesses at an account shuts himself out of it, and not its owner."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it: a stolen password must not be enough to replace the factor."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = factors_of(user) if isinstance(user, User) else {}
        if not factors:
            return methods
        for method in methods:
            if method["id"] == PASSKEY:
                method["description"] = _("Use your passkey")
        has_app = Authenticator.Type.TOTP in factors.values()
        methods.sort(key=lambda method: method["id"] == PASSKEY, reverse=not has_app)  # the first is the one proposed
        return [method for method in methods if method["id"] != "reauthenticate"]
