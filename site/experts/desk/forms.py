"""The forms of the desk."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from experts.booking import words
from experts.booking.querysets import options_to_accept
from experts.booking.services.asking import MOST_OPTIONS
from experts.choices import BookingState, DayPart, RefusalReason
from experts.day_parts import Slot
from experts.desk.board import COLUMNS, Filters
from experts.desk.merging import others_of
from experts.models import Booking, ExpertPage
from people.models import Organisation, Province
from taxonomy.levels import PreventionLevel


class BoardForm(forms.Form):
    """Filters of the board, in its address."""

    q = forms.CharField(label=gettext_lazy("Text"), required=False, max_length=100)
    provincie = forms.ChoiceField(
        label=gettext_lazy("Province"), required=False, choices=[("", gettext_lazy("all")), *Province.choices]
    )
    dringend = forms.BooleanField(label=gettext_lazy("Urgent"), required=False)
    mijn = forms.BooleanField(label=gettext_lazy("I treated it"), required=False)
    laat = forms.BooleanField(label=gettext_lazy("Late"), required=False)
    kolom = forms.ChoiceField(
        required=False, choices=[("", ""), *((kind.name, kind.label) for kind in COLUMNS)], widget=forms.HiddenInput
    )

    def filters(self) -> Filters:
        """What cannot be read is left out: an address that somebody typed shows everything."""
        self.is_valid()
        data = self.cleaned_data
        return Filters(
            text=data.get("q", ""),
            province=data.get("provincie", ""),
            urgent=data.get("dringend", False),
            mine=data.get("mijn", False),
            late=data.get("laat", False),
            column=data.get("kolom", ""),
        )


def pool() -> Any:
    """The experts who can be asked."""
    today = timezone.localdate()
    live = ExpertPage.objects.live().filter(pool_from__isnull=False).order_by("title")
    return live.exclude(pool_until__lt=today)


class PlainFields:
    """Of a form: the fields that its template draws one below the other."""

    apart: tuple[str, ...] = ("experts", "organisation")

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        fields: list[forms.BoundField] = self.visible_fields()  # type: ignore[attr-defined]
        return [one for one in fields if one.name not in self.apart and not one.name.startswith(("day", "parts"))]


class DaysForm(PlainFields, forms.Form):
    """Up to three possibilities, each a day with one or more day-parts; an empty one is no possibility."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_OPTIONS + 1):
            self.fields[f"day{number}"] = forms.DateField(
                label=_("Day %(number)s") % {"number": number}, required=False, widget=AdminDateInput
            )
            self.fields[f"parts{number}"] = forms.MultipleChoiceField(
                label=_("Day-parts of day %(number)s") % {"number": number},
                required=False,
                choices=DayPart.choices,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        options = []
        for number in range(1, MOST_OPTIONS + 1):
            day, parts = data.get(f"day{number}"), data.get(f"parts{number}") or []
            if isinstance(day, datetime.date) and parts:
                options.append([Slot(day, DayPart(part)) for part in parts])
            elif day or parts:
                self.add_error(f"day{number}", _("Choose a day and at least one day-part."))
        data["options"] = options
        return data

    @property
    def days(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"day{number}"], self[f"parts{number}"]) for number in range(1, MOST_OPTIONS + 1)]


class WhyForm(PlainFields, forms.Form):
    """Why; needed by some steps only, and then the service asks for it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class ProposeForm(WhyForm, DaysForm):
    """To which experts, and other days where those of the request do not hold any more."""

    experts: Any = forms.ModelMultipleChoiceField(ExpertPage.objects.none(), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["experts"].queryset = pool()  # type: ignore[attr-defined]

    def together(self) -> list[str]:
        """Who was ticked, for a form that comes back. One alone was asked by her own button."""
        found = [str(key) for key in self["experts"].value() or ()]
        return found if len(found) > 1 else []


class ForExpertForm(WhyForm):
    """An answer that an expert gave by telephone."""

    expert: Any = forms.ModelChoiceField(ExpertPage.objects.none(), label=gettext_lazy("Expert"))

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booking = booking
        asked = booking.asked.exclude(asked_at=None).values("expert")
        self.fields["expert"].queryset = ExpertPage.objects.filter(pk__in=asked)  # type: ignore[attr-defined]


class AcceptForm(ForExpertForm):
    option = forms.ChoiceField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moving = self.booking.state == BookingState.MOVING
        rows = options_to_accept(self.booking, moving=moving)
        self.fields["option"].choices = [(str(row.pk), words.option(row)) for row in rows]  # type: ignore[attr-defined]


class RefuseForm(ForExpertForm):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=RefusalReason.choices)
    why = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class MoveForm(WhyForm, DaysForm):
    """Other days."""


class PhoneForm(DaysForm, forms.ModelForm[Booking]):
    """What VVSG writes down for a municipality that telephones."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Municipality"))
    level = forms.ChoiceField(
        label=gettext_lazy("Prevention level"), required=False, choices=[("", "–"), *PreventionLevel.choices]
    )
    experts: Any = forms.ModelMultipleChoiceField(
        ExpertPage.objects.none(),
        label=gettext_lazy("Experts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: VVSG looks for one."),
    )

    class Meta:
        model = Booking
        fields = (
            "contact_name",
            "contact_email",
            "contact_phone",
            "subject",
            "question",
            "offer_kind",
            "for_whom",
            "group_size",
            "place",
            "address",
            "level",
            "is_urgent",
            "urgency_reason",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.municipalities().order_by("name")  # type: ignore[attr-defined]
        self.fields["experts"].queryset = pool()  # type: ignore[attr-defined]
        self.fields["question"].required = True
        self.fields["question"].help_text = _("Name no persons and no case.")
        for name in ("question", "urgency_reason"):
            self.fields[name].widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("is_urgent") and not data.get("urgency_reason"):
            self.add_error("urgency_reason", _("Say why it is urgent."))
        if data.get("experts") and not data.get("options"):
            self.add_error("day1", _("Choose at least one day."))
        return data

    def draft_fields(self) -> dict[str, Any]:
        """For the service: VVSG looks for an expert where none was chosen."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        experts = list(self.cleaned_data["experts"])
        return {
            **data,
            "experts": experts,
            "options": self.cleaned_data["options"],
            "vvsg_searches": not experts,
            "requested_by": None,
        }


class MergeForm(forms.Form):
    """Which request of the same municipality goes on."""

    into = forms.ModelChoiceField(
        Booking.objects.none(), label=gettext_lazy("Request that goes on"), empty_label=gettext_lazy("Choose a request")
    )

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others_of(booking)  # type: ignore[attr-defined]
