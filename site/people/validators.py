"""Rules of numbers and domains that organisations carry."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KBO_DIGITS = 10
OVO = re.compile(r"OVO\d{6}")
DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")

# fmt: off
# Anybody can have an address there: it says nothing about where somebody works.
PUBLIC_MAIL = frozenset(
    {
        "aol.com", "edpnet.be", "fastmail.com", "gmail.com", "gmx.com", "gmx.net",
        "gmx.de", "googlemail.com", "hotmail.be", "hotmail.com", "hotmail.fr", "hotmail.nl",
        "icloud.com", "live.be", "live.com", "live.nl", "mac.com", "mail.com",
        "me.com", "msn.com", "mailbox.org", "outlook.be", "outlook.com", "outlook.fr",
        "outlook.nl", "pandora.be", "posteo.be", "proton.me", "protonmail.com", "proximus.be",
        "scarlet.be", "skynet.be", "telenet.be", "tutanota.com", "voo.be", "yahoo.com",
        "yahoo.fr", "yandex.com", "ymail.com", "zoho.com",
    }
)
# fmt: on
# One domain for many bodies: it does not say for which of them somebody works.
SHARED_MAIL = frozenset({"police.belgium.eu", "police.be", "vlaanderen.be", "fed.be"})


def bare_kbo(number: str) -> str:
    """Without the dots, spaces and "BE" that people type."""
    return re.sub(r"^BE", "", re.sub(r"[\s./-]", "", number.upper()))


def validate_kbo(number: str) -> None:
    """Ten digits, of which the last two are 97 minus the rest of the first eight divided by 97."""
    digits = bare_kbo(number)
    if not re.fullmatch(rf"[01]\d{{{KBO_DIGITS - 1}}}", digits):
        raise ValidationError(_("A KBO number has ten digits and starts with 0 or 1."))
    if 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise ValidationError(_("This KBO number does not exist: its check digits are wrong."))


def bare_ovo(code: str) -> str:
    return re.sub(r"[\s.]", "", code.upper())


def validate_ovo(code: str) -> None:
    """What the Flemish government gives its organisations."""
    if not OVO.fullmatch(bare_ovo(code)):
        raise ValidationError(_("An OVO code is “OVO” followed by six digits."))


def validate_mail_domain(domain: str) -> None:
    """A domain that belongs to one organisation."""
    if not DOMAIN.fullmatch(domain):
        raise ValidationError(_("Give only what comes after the @, such as “mechelen.be”."))
    if domain in PUBLIC_MAIL:
        raise ValidationError(
            _("Anybody can have an address at %(domain)s. Invite people one by one instead.") % {"domain": domain}
        )
    if domain in SHARED_MAIL:
        raise ValidationError(
            _("Several organisations share %(domain)s. Invite people one by one instead.") % {"domain": domain}
        )
