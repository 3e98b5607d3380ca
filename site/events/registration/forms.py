"""The forms to register. What was typed stays when something is wrong; what decides is in the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.choices import ACTIVE
from events.models import EventPage, Registration
from events.registration import permissions
from events.registration.questions import EventFields
from events.registration.services import Applicant
from people.models import Membership, Organisation, User

TYPED = 4
"""Lines for colleagues without an account."""


class _Registering(EventFields):
    """What every form to register ends with. `may_wait`: the page that she saw said that she comes on the list."""

    may_wait = forms.BooleanField(required=False, widget=forms.HiddenInput)
    conditions = forms.BooleanField(label=_("I agree with the conditions"))

    def __init__(self, *args: Any, event: EventPage, waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["may_wait"].initial = waits
        self.add_sessions()
        if not event.conditions:
            del self.fields["conditions"]

    def given(self) -> dict[str, Any]:
        """For the service."""
        return {
            "sessions": self.sessions,
            "conditions": bool(self.cleaned_data.get("conditions")),
            "may_wait": self.cleaned_data["may_wait"],
        }


class _ForOne(_Registering):
    on_list = forms.BooleanField(
        label=_("Put me on the list of participants"),
        required=False,
        help_text=_("The other participants then see your name and your organisation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_questions()

    def given(self) -> dict[str, Any]:
        return {**super().given(), "answers": self.answers, "on_list": self.cleaned_data["on_list"]}


class RegisterForm(_ForOne):
    """For oneself: who she is, is known."""

    membership = forms.ModelChoiceField(
        Membership.objects.none(), label=_("for which organisation"), empty_label=None, required=False
    )
    name = forms.CharField(label=_("Your name"), max_length=150)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.memberships = permissions.memberships_for(user, self.event)
        if user.get_full_name():
            del self.fields["name"]
        if len(self.memberships) < 2:
            del self.fields["membership"]
            return
        field = self.fields["membership"]
        field.required = True
        field.queryset = Membership.objects.filter(pk__in=[row.pk for row in self.memberships])  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: str(row.organisation)  # type: ignore[attr-defined]

    @property
    def the_only_one(self) -> Membership | None:
        return self.memberships[0] if len(self.memberships) == 1 else None

    @property
    def person(self) -> Applicant:
        membership = self.cleaned_data.get("membership") or self.the_only_one
        return Applicant(
            self.user.get_full_name() or self.cleaned_data["name"],
            self.user.email,
            self.user,
            membership.organisation if membership else None,
            permissions.role_in(membership, self.event) if membership else "",
        )


class GuestForm(_ForOne):
    """For who was invited by a link."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(label=_("Your e-mail address"))

    @property
    def person(self) -> Applicant:
        return Applicant(self.cleaned_data["name"], self.cleaned_data["email"])


class ColleaguesForm(_Registering):
    """For several colleagues at once: members are ticked, others are typed. They answer the questions themselves."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("for which organisation"))
    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(), label=_("Colleagues"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Registration.objects.filter(event=self.event, state__in=ACTIVE, user__isnull=False)
        rows = permissions.colleagues_of(user).exclude(user__in=there.values("user"))
        members = self.fields["members"]
        members.queryset = rows  # type: ignore[attr-defined]
        one = len(organisations) == 1
        members.label_from_instance = lambda row: str(row.user) if one else f"{row.user} ({row.organisation})"  # type: ignore[attr-defined]
        self.has_members = rows.exists()
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[found.pk for found in organisations])  # type: ignore[attr-defined]
        if one:
            field.initial, field.widget = organisations[0].pk, forms.HiddenInput()
        self.lines = TYPED if permissions.accepts_names(self.event) else 0
        for number in range(self.lines):
            self.fields[f"name_{number}"] = forms.CharField(label=_("Name"), max_length=150, required=False)
            self.fields[f"email_{number}"] = forms.EmailField(label=_("E-mail address"), required=False)

    @property
    def typed(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"name_{number}"], self[f"email_{number}"]) for number in range(self.lines)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(self.lines):
            name, email = cleaned.get(f"name_{number}"), cleaned.get(f"email_{number}")
            if bool(name) != bool(email) and not {f"name_{number}", f"email_{number}"} & set(self.errors):
                missing = "email" if name else "name"
                self.add_error(f"{missing}_{number}", forms.ValidationError(str(_("Fill in both name and address."))))
        if not self.errors and not self.people:
            raise forms.ValidationError(str(_("Tick at least one colleague, or fill in a name and an address.")))
        return cleaned

    @property
    def people(self) -> list[Applicant]:
        data = self.cleaned_data
        ticked = [self._member(row) for row in data.get("members", ())]
        lines = ((data.get(f"name_{number}"), data.get(f"email_{number}")) for number in range(self.lines))
        return [*ticked, *(self._typed(name, email) for name, email in lines if name and email)]

    def _typed(self, name: str, email: str) -> Applicant:
        """Somebody without an account, or a member whose address was typed."""
        organisation = self.cleaned_data.get("organisation")
        rows = self.fields["members"].queryset.filter(user__email__iexact=email)  # type: ignore[attr-defined]
        row = rows.first()
        return self._member(row) if row else Applicant(name, email, organisation=organisation)

    def _member(self, row: Membership) -> Applicant:
        role = permissions.role_in(row, self.event)
        return Applicant(str(row.user), row.user.email, row.user, row.organisation, role)
