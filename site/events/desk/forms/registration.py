"""What an organiser fills in about one registration, or to register somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import EventPage, Session
from events.registration import sessions as side_by_side
from events.registration import words
from people.models import Organisation, Role

REASON = gettext_lazy("Why")


class SeenForm(forms.Form):
    """`seen` is the version on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    why = forms.CharField(label=REASON, max_length=1000, widget=forms.Textarea({"rows": 2}))


class OfferForm(ReasonForm):
    extra = forms.BooleanField(
        label=gettext_lazy("Add a place for her if there is none"), required=False, widget=forms.CheckboxInput
    )


class ReplaceForm(SeenForm):
    name = forms.CharField(label=gettext_lazy("Name of the colleague"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address of the colleague"))


class RegisterForm(forms.Form):
    """Somebody who telephoned or mailed. Required questions may stay open: the participant answers them herself."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Who has an account with this address finds the registration on “My page”."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), required=False, empty_label="–"
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False, choices=[("", "–"), *Role.choices])
    conditions = forms.BooleanField(label=gettext_lazy("Agrees with the conditions"), required=False)
    on_list = forms.BooleanField(label=gettext_lazy("May be on the list of participants"), required=False)

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["organisation"].queryset = Organisation.objects.current().order_by("name")  # type: ignore[attr-defined]
        if not event.conditions:
            del self.fields["conditions"]
        self._add_sessions()
        self._add_questions()

    def _add_sessions(self) -> None:
        self.groups = side_by_side.groups(self.event)
        for number, (name, offered) in enumerate(self.groups.items()):
            self.fields[f"session{number}"] = forms.ChoiceField(
                label=_("Session: %(choice)s") % {"choice": name},
                choices=[(str(one.pk), words.session(one)) for one in offered],
                widget=forms.RadioSelect,
            )

    def _add_questions(self) -> None:
        self.questions = list(self.event.questions.all())
        for number, question in enumerate(self.questions):
            self.fields[f"question{number}"] = forms.CharField(
                label=question.text,
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 2}),
                help_text=" · ".join(question.choices) or question.help_text,
            )

    @property
    def sessions(self) -> list[Session]:
        """Chosen, one of each group."""
        picked = {self.cleaned_data[f"session{number}"] for number in range(len(self.groups))}
        return [one for offered in self.groups.values() for one in offered if str(one.pk) in picked]

    @property
    def answers(self) -> dict[str, str]:
        """By the uid of the question; what stays open is not in it."""
        given = {str(one.uid): self.cleaned_data[f"question{number}"] for number, one in enumerate(self.questions)}
        return {uid: text for uid, text in given.items() if text}
