"""What an expert fills in about when she is free."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.availability.freedom import HORIZON
from experts.availability.reading import fetching
from experts.availability.reading.addresses import understood
from experts.availability.reading.refusals import Unreadable
from experts.choices import DayPart
from experts.models import AvailabilityException, AvailabilityRules

YESTERDAYS = datetime.timedelta(days=366)


def _cells() -> list[tuple[str, str]]:
    return [(f"{day}-{part.value}", f"{WEEKDAYS[day]} {part.label}") for day in range(7) for part in DayPart]


class WeekForm(forms.Form):
    """The day-parts of an ordinary week, as boxes in a table."""

    week = forms.MultipleChoiceField(choices=_cells, required=False, widget=forms.CheckboxSelectMultiple)

    @property
    def rows(self) -> list[tuple[str, list[forms.boundfield.BoundWidget]]]:
        boxes = list(self["week"])
        size = len(DayPart)
        return [(capfirst(str(WEEKDAYS[day])), boxes[day * size : (day + 1) * size]) for day in range(7)]

    def chosen(self) -> set[tuple[int, str]]:
        """Day of the week (0 is Monday) and day-part."""
        pairs = (value.partition("-") for value in self.cleaned_data["week"])
        return {(int(day), part) for day, _dash, part in pairs}


class RulesForm(forms.ModelForm[AvailabilityRules]):
    lead_days = forms.IntegerField(
        label=_("Lead time in days"),
        min_value=0,
        max_value=365,
        help_text=_("How many days ahead can somebody ask you at the earliest?"),
    )
    max_per_week = forms.IntegerField(label=_("Most day-parts a week"), min_value=0, max_value=21)

    class Meta:
        model = AvailabilityRules
        fields = ("lead_days", "max_per_week", "home_province", "buffer_near", "buffer_far", "works_on_holidays")
        labels = {
            "home_province": _("From which province do you leave?"),
            "buffer_near": _("Free day-parts before and after, in your own province"),
            "buffer_far": _("Free day-parts before and after, in another province"),
            "works_on_holidays": _("I also work on public holidays"),
        }
        help_texts = {
            "buffer_near": _("Time to travel. Online bookings need none."),
            "buffer_far": _("One day-part: after a morning elsewhere, your afternoon stays free."),
        }

    field_order = ("lead_days", "max_per_week", "home_province", "buffer_near", "buffer_far", "works_on_holidays")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ExceptionForm(forms.ModelForm[AvailabilityException]):
    """A stretch of days against the ordinary week."""

    free = forms.TypedChoiceField(
        label=_("In this period you are"),
        choices=[("False", _("not free")), ("True", _("free"))],
        coerce=lambda value: value == "True",
        initial="False",
        widget=forms.RadioSelect,
    )
    last = forms.DateField(
        label=_("Until and including"), required=False, widget=DayInput, help_text=_("Empty: this one day.")
    )

    class Meta:
        model = AvailabilityException
        fields = ("free", "first", "last", "day_part", "note")
        widgets = {"first": DayInput}
        labels = {"first": _("From"), "day_part": _("Day-part"), "note": _("Note for yourself")}
        help_texts = {"note": _("Only those who act for you see this.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("whole day")), *DayPart.choices]
        self.fields["day_part"] = forms.ChoiceField(label=_("Day-part"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = cleaned.get("first")
        if first and "last" in cleaned and cleaned["last"] is None:
            cleaned["last"] = first
        today = timezone.localdate()
        for name in ("first", "last"):
            day = cleaned.get(name)
            if day and not today - YESTERDAYS <= day <= today + HORIZON:
                self.add_error(name, gettext("Choose a day in the coming three years."))
        return cleaned


class AddressForm(forms.Form):
    """The address at which her own calendar stands."""

    url = forms.CharField(
        label=_("Address of your calendar"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        help_text=_("Your calendar program calls it the secret or published address, in the iCal format."),
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            address = understood(url)
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return f"https://{address.host}{address.path}"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File of your calendar"),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=_("A file that ends in .ics, from the export of your calendar program."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > fetching.MAX_BYTES:
            raise forms.ValidationError(str(fetching.too_large()))
        return file
