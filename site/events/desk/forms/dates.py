"""New dates: of a copy, a series, or an event that moves."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import Attendance
from events.desk.dates import MOST, Rule
from events.desk.moving import NewTime
from events.desk.once import OnceForm
from events.models import EventPage, Session

WEEKS, MONTHS = "weken", "maanden"


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def clean_day(day: datetime.date) -> datetime.date:
    """A day that can still come; raises ValidationError."""
    today = timezone.localdate()
    if day < today:
        raise forms.ValidationError(_("This day is over."))
    if day > today + datetime.timedelta(days=5 * 366):
        raise forms.ValidationError(_("This is more than five years ahead."))
    return day


class CopyForm(OnceForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    first = forms.DateField(
        label=gettext_lazy("First day"),
        widget=day_input(),
        help_text=gettext_lazy("Every session keeps its hour and its distance from the first day."),
    )
    is_edition = forms.BooleanField(
        label=gettext_lazy("A new edition of this event"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Whoever asked to hear of the next edition gets a mail once the copy is published."),
    )

    def clean_first(self) -> datetime.date:
        return clean_day(self.cleaned_data["first"])


class RuleForm(forms.Form):
    """How often; with a number of times, or until a day."""

    every = forms.IntegerField(label=gettext_lazy("Every"), min_value=1, max_value=52, initial=1)
    unit = forms.ChoiceField(
        label=gettext_lazy("Weeks or months"),
        choices=[(WEEKS, gettext_lazy("weeks")), (MONTHS, gettext_lazy("months, on the same weekday"))],
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many copies"), min_value=1, max_value=MOST, required=False, initial=4
    )
    until = forms.DateField(label=gettext_lazy("Or until"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("times") and not data.get("until"):
            self.add_error("times", _("Say how many copies, or until when."))
        return data

    def rule(self, first: datetime.date) -> Rule:
        return Rule(first, self.cleaned_data["every"], months=self.cleaned_data["unit"] == MONTHS)

    def days(self, first: datetime.date) -> list[datetime.date]:
        return self.rule(first).days(times=self.cleaned_data["times"] or 0, until=self.cleaned_data["until"])


class DayForm(forms.Form):
    """One copy: whether to make it, and on which day."""

    keep = forms.BooleanField(label=gettext_lazy("Make this copy"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=day_input())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("keep") and data.get("day"):
            try:
                clean_day(data["day"])
            except forms.ValidationError as error:
                self.add_error("day", error)
        return data


class BaseDays(forms.BaseFormSet[DayForm]):
    def clean(self) -> None:
        if not any(self.errors):
            days = self.days
            if not days:
                raise forms.ValidationError(_("Tick at least one copy."))
            if len(days) != len(set(days)):
                raise forms.ValidationError(_("Two copies are on the same day."))

    @property
    def days(self) -> list[datetime.date]:
        return [form.cleaned_data["day"] for form in self.forms if form.cleaned_data.get("keep")]


DaysFormSet = forms.formset_factory(DayForm, formset=BaseDays, extra=0, max_num=MOST, absolute_max=MOST)


class MoveForm(forms.Form):
    """The whole move; the sessions have their own forms."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    shift_window = forms.BooleanField(
        label=gettext_lazy("Move the dates of registration along"),
        required=False,
        initial=True,
        help_text=gettext_lazy("By as many days as the first day moves."),
    )


class SessionForm(forms.ModelForm[Session]):
    """New time and place of one session."""

    class Meta:
        model = Session
        fields = ("starts_at", "ends_at", "attendance", "venue", "address", "accessibility")

    starts_at = forms.DateTimeField(label=gettext_lazy("Starts"), widget=moment_input())
    ends_at = forms.DateTimeField(label=gettext_lazy("Ends"), widget=moment_input())
    attendance = forms.ChoiceField(label=gettext_lazy("How"), choices=Attendance.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accessibility"].widget.attrs["rows"] = 2

    @property
    def new_time(self) -> NewTime:
        return NewTime(**{name: self.cleaned_data[name] for name in self.Meta.fields})


def session_forms(event: EventPage, data: Any = None) -> list[SessionForm]:
    """In the order of time, each with the number of its session."""
    sessions = sorted(event.sessions.all(), key=lambda one: (one.starts_at, one.pk))
    return [SessionForm(data, instance=one, prefix=f"s{one.pk}") for one in sessions]


class CancelForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Why it does not take place"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Participants read this in their mail, and visitors on the page."),
    )
