"""What an organiser fills in about one registration, or to register somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.models import EventPage
from events.registration.questions import EventFields
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


class RegisterForm(EventFields):
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
        self.add_sessions()
        self.add_questions()
        for field in self.question_fields:
            field.field.required = False

    @property
    def given_answers(self) -> dict[str, str]:
        """By the uid of the question; what stays open is not in it."""
        return {uid: text for uid, text in self.answers.items() if text}
