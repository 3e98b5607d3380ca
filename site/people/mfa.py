"""Secrets that are encrypted before they reach the database: of the second factor, and of every `SealedTextField`."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext as _

from core.models import SiteSettings
from people.models import User

# What Fernet makes starts so; a TOTP secret is base32 in capitals, a seed of recovery codes is hexadecimal.
ENCRYPTED = "gAAAAA"
SECRETS = ("secret", "seed")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # allauth's name for it
        """The name that the form proposes for a passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        """What an authenticator app and a passkey call the site."""
        return SiteSettings.for_request(allauth_context.request).site_title


def seal(text: str) -> str:
    """Encrypted with the newest key, for the database."""
    return cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret; raises ImproperlyConfigured when no key fits. A secret from before encryption is itself."""
    if not sealed.startswith(ENCRYPTED):
        return sealed
    try:
        return cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured("No key in MFA_ENCRYPTION_KEYS opens this secret.") from error


class SealedTextField(models.TextField[str, str]):
    """Text that is kept as `seal` makes it; `unseal` opens it where it is needed, `encrypt_factors` renews it."""


def cipher() -> MultiFernet:
    return _cipher(tuple(settings.MFA_ENCRYPTION_KEYS) or (derived_key(settings.SECRET_KEY),))


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def derived_key(secret_key: str) -> str:
    """For development: a key that needs no setting of its own."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"people.mfa" + secret_key.encode()).digest()).decode()


def is_key(text: str) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def renew(authenticator: Authenticator) -> bool:
    """Encrypt the secrets of one factor with the newest key; whether it held any. Can run twice without harm."""
    held = [name for name in SECRETS if name in authenticator.data]
    for name in held:
        authenticator.data[name] = seal(unseal(authenticator.data[name]))
    if held:
        authenticator.save(update_fields=["data"])
    return bool(held)


def renew_all(field: models.Field[Any, Any]) -> int:
    """The same for every row of a model with this field; answers how many there are."""
    rows = field.model._default_manager.exclude(**{field.name: ""}).select_for_update()
    for row in rows:
        setattr(row, field.name, seal(unseal(getattr(row, field.name))))
        row.save(update_fields=[field.name])
    return len(rows)
