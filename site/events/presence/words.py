"""What this part writes in the history of a registration, for people."""

from django.utils.translation import gettext_lazy as _

from events.registration.words import ACTIONS


def connect() -> None:
    ACTIONS.update({"present": _("Noted present"), "absent": _("Noted absent")})
