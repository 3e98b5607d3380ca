"""The forms on the pages of one registration that ask for confirmation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.choices import ACTIVE
from events.models import Registration
from events.registration import permissions
from events.registration.questions import EventFields
from people.models import Membership, User


class StepForm(forms.Form):
    """Carries the version that was shown, so that a stale page is noticed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Registration, by: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.by, self.event = row, by, row.event
        self.fields["seen"].initial = row.version
        self.prepare()

    def prepare(self) -> None:
        """Make the fields that depend on the registration."""

    def arguments(self) -> dict[str, Any]:
        """For the service, beside the registration and who does it."""
        return dict(self.cleaned_data)


class WithdrawForm(StepForm):
    why = forms.CharField(
        label=_("Why? (only the organiser reads this)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplaceForm(StepForm):
    """A member of the same organisation from a list, or a name and an address."""

    member = forms.ModelChoiceField(Membership.objects.none(), label=_("Colleague"), required=False)
    name = forms.CharField(label=_("Name of your colleague"), max_length=150, required=False)
    email = forms.EmailField(label=_("E-mail address of your colleague"), required=False)

    def prepare(self) -> None:
        there = Registration.objects.filter(event=self.event, state__in=ACTIVE, user__isnull=False)
        rows = self._colleagues().exclude(user__in=there.values("user"))
        field = self.fields["member"]
        field.queryset, field.empty_label = rows, str(_("Choose, or fill in below"))  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: str(row.user)  # type: ignore[attr-defined]
        self.accepts_names = permissions.accepts_names(self.event) or self.row.guest_link is not None
        if not self.accepts_names:
            del self.fields["name"], self.fields["email"]
            field.required, field.empty_label = True, None  # type: ignore[attr-defined]
        if not rows:
            del self.fields["member"]
            for name in {"name", "email"} & set(self.fields):
                self.fields[name].required = True

    def _colleagues(self) -> Any:
        """Whose names she may see: a fellow member of the organisation, not somebody who came by a link."""
        rows = Membership.objects.in_full().active().by_name().filter(user__is_active=True)
        if self.by is None or not permissions.of_her_organisation(self.by, self.row):
            return rows.none()
        return rows.filter(organisation=self.row.organisation).exclude(user=self.row.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("member") and not (cleaned.get("name") and cleaned.get("email")):
            raise forms.ValidationError(str(_("Say who comes instead: a name and an e-mail address.")))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        seen, member = self.cleaned_data["seen"], self.cleaned_data.get("member")
        if member:
            return {"seen": seen, "name": str(member.user), "email": member.user.email, "user": member.user}
        email = self.cleaned_data["email"]
        known = self._colleagues().filter(user__email__iexact=email).first()
        return {"seen": seen, "name": self.cleaned_data["name"], "email": email, "user": known.user if known else None}


class ChangeForm(StepForm, EventFields):
    """Answers, the list of participants, and the sessions that she chose."""

    on_list = forms.BooleanField(
        label=_("Put me on the list of participants"),
        required=False,
        help_text=_("The other participants then see your name and your organisation."),
    )

    def prepare(self) -> None:
        given = {str(uid): text for uid, text in self.row.answers.values_list("question_uid", "text")}
        self.add_sessions(set(self.row.chosen.values_list("session_id", flat=True)))
        self.add_questions(given)
        self.fields["on_list"].initial = self.row.on_list

    def arguments(self) -> dict[str, Any]:
        return {
            "seen": self.cleaned_data["seen"],
            "answers": self.answers,
            "sessions": self.sessions,
            "on_list": self.cleaned_data["on_list"],
        }
