"""The forms of passkeys: with labels, and refusing nonsense where allauth would crash on it."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

# What fido2 raises on an answer without its parts, or with parts that are no keys, text or CBOR.
NONSENSE = (KeyError, AttributeError, TypeError, ValueError)


def refusing_nonsense(clean: Callable[[], Any]) -> Any:
    """The cleaned value; raises ValidationError for an answer that no browser gives."""
    try:
        return clean()
    except NONSENSE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Always one that can sign in by itself: what a phone or laptop makes anyway."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=True,
        help_text=_("So that you recognise it later, such as “Laptop at work”."),
    )
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = refusing_nonsense(super().clean)
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].widget.attrs["maxlength"] = 60


class _UsePasskey:
    """Before allauth's own forms, whose check it guards."""

    def clean_credential(self) -> Authenticator:
        return refusing_nonsense(super().clean_credential)  # type: ignore[misc]


class LoginPasskeyForm(_UsePasskey, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class SecondStepPasskeyForm(_UsePasskey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """After the password."""


class ConfirmPasskeyForm(_UsePasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before a change that touches the safety of the account."""
