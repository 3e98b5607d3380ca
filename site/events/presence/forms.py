"""The forms of this part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import EventEvaluation
from events.presence.evaluation import QUESTIONS
from experts.scale_form import ScaleForm


class CodeForm(forms.Form):
    """Six digits, as they stand on her page; spaces are forgiven."""

    code = forms.CharField(
        label=_("Personal code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code-field"}),
    )

    def clean_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isascii() and sign.isdigit())


class EvaluationForm(ScaleForm):
    scale = QUESTIONS

    class Meta:
        model = EventEvaluation
        fields = (*QUESTIONS, "remarks")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remarks"].help_text = _("Name no persons. VVSG reads this without knowing who wrote it.")
