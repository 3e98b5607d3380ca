"""Writing to participants."""

import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import COMING
from events.desk.mailing import words
from events.desk.mailing.recipients import MAILABLE
from events.models import EventPage, Session


class MailingForm(forms.Form):
    """`uid` is the mailing's own from the first preview on: however often the form is sent, it is one mailing."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    states = forms.MultipleChoiceField(
        label=gettext_lazy("To whom"),
        choices=[(state.value, capfirst(state.label)) for state in MAILABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(),
        label=gettext_lazy("Only who chose one of these sessions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=10_000, widget=forms.Textarea({"rows": 12}))

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "uid": uuid.uuid4(),
            "states": [str(state) for state in COMING],
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        chosen = event.sessions.exclude(choice="")
        self.fields["sessions"].queryset = chosen  # type: ignore[attr-defined]
        if not chosen:
            del self.fields["sessions"]

    def clean_subject(self) -> str:
        return self._known(" ".join(self.cleaned_data["subject"].split()))

    def clean_text(self) -> str:
        return self._known(self.cleaned_data["text"].replace("\r\n", "\n"))

    def _known(self, text: str) -> str:
        if wrong := words.unknown(text):
            marks = ", ".join(f"{{{mark}}}" for mark in wrong)
            raise forms.ValidationError(_("We do not know %(marks)s: choose from the list.") % {"marks": marks})
        return text
