"""Which period, and which municipalities."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.desk.forms.dates import day_input
from events.desk.reach import Period
from people.models import Province, SizeClass

ALL = gettext_lazy("all")
EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)


class PeriodForm(forms.Form):
    """In the address. What cannot be read is left out; nothing given is this year and the two before."""

    van = forms.DateField(label=gettext_lazy("From"), required=False, widget=day_input())
    tot = forms.DateField(label=gettext_lazy("Until"), required=False, widget=day_input())

    @property
    def period(self) -> Period:
        self.is_valid()
        today = timezone.localdate()
        first = self.cleaned_data.get("van") or datetime.date(today.year - 2, 1, 1)
        last = self.cleaned_data.get("tot") or today
        first, last = (min(max(day, EARLIEST), LATEST) for day in (first, last))
        return Period(min(first, last), max(first, last))


class UnreachedForm(PeriodForm):
    provincie = forms.ChoiceField(
        label=gettext_lazy("Province"), required=False, choices=[("", ALL), *Province.choices]
    )
    grootte = forms.ChoiceField(
        label=gettext_lazy("Size class"), required=False, choices=[("", ALL), *SizeClass.choices]
    )
