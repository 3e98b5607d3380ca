"""What allauth leaves to the site: its mails speak in the site's own name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context

from core.models import SiteSettings
from people.devices import device_name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Without django.contrib.sites allauth knows only the host; a mail is signed with the title of the site."""
        title = SiteSettings.for_request(allauth_context.request).site_title
        device = device_name(context.get("user_agent", ""))
        super().send_mail(template_prefix, email, {**context, "site_title": title, "device": device})
