"""The details of a line in words: they are stored as codes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import retention
from people import changes

KEYS = {
    "by": _("by"),
    "kind": _("kind"),
    "how": _("how"),
    "provider": _("login"),
    "added": _("added"),
    "removed": _("removed"),
    "is_superuser": _("administrator"),
    "is_staff": _("staff"),
    "is_active": _("active"),
    "old": _("from"),
    "new": _("to"),
    "audience": _("audience"),
    "groups": _("groups"),
    "address": _("address"),
    "asked": _("filters"),
    "where": _("where"),
}
VALUES = {
    "password": _("password"),
    "second factor": _("second step"),
    "code by mail": _("code by mail"),
    "changed": _("changed"),
    "set": _("set"),
    "forgotten": _("forgotten"),
    "public": _("public"),
    "login": _("whoever is signed in"),
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery codes"),
    "requested": _("waiting for approval"),
    "active": _("active"),
    "refused": _("refused"),
    "ended": _("ended"),
    "True": _("yes"),
    "False": _("no"),
}


def in_words(details: dict[str, Any]) -> str:
    """One line, without what is empty."""
    rules = {rule.name: rule.what for rule in retention.rules()}
    parts = [
        f"{KEYS.get(key) or rules.get(key) or key}: {_value(value)}"
        for key, value in details.items()
        if value not in ("", None, [])
    ]
    return "; ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    return str(VALUES.get(text) or changes.guessed(text) or value)
