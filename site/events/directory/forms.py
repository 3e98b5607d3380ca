"""The forms of a visitor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WishForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We use it for this mail alone."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
