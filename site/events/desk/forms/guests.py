"""A link for invited outsiders."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.desk.dates import day_of
from events.desk.forms.dates import clean_day, day_input
from events.desk.once import OnceForm
from events.models import EventPage
from events.programme import starts_at


class GuestForm(OnceForm):
    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        help_text=gettext_lazy("Such as “colleagues of the police zone”."),
    )
    places = forms.IntegerField(label=gettext_lazy("How many people may use it"), min_value=1, max_value=500, initial=1)
    until = forms.DateField(label=gettext_lazy("Works until"), widget=day_input())

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        start = starts_at(event)
        kwargs["initial"] = {"until": day_of(start)} if start else {}
        super().__init__(*args, **kwargs)

    def clean_until(self) -> datetime.date:
        return clean_day(self.cleaned_data["until"])
