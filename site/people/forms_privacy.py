"""What somebody fills in to have her account deleted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I have read this. Delete my account."),
        error_messages={"required": _("Tick this box if you want your account deleted.")},
    )
