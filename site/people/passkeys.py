"""The forms of passkeys, with labels; and what the page needs to know to make one."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Always one that can sign in by itself: what a phone or laptop makes anyway."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=True,
        help_text=_("So that you recognise it later, such as “Laptop at work”."),
    )
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].widget.attrs["maxlength"] = 60
