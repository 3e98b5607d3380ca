"""Form fields for day-parts: chosen from what is free, or a day and a part of it. Both work without JavaScript."""

import itertools
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.choices import DayPart
from experts.day_parts import Slot

PER_OPTION = 4


class FreeSlots:
    """The free day-parts as choices grouped by month, written once for all the fields of a form."""

    def __init__(self, free: Iterable[Slot]) -> None:
        self.choices = grouped(free)
        self.html = format_html_join("", "{}", ((_group(*group),) for group in self.choices))


def _group(label: str, rows: Any) -> SafeString:
    if isinstance(rows, str):
        return format_html('<option value="{}">{}</option>', label, rows)
    options = format_html_join("", '<option value="{}">{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', label, options)


class FreeSlotSelect(forms.Select):
    """A select of hundreds of options. Django's own makes each with a template, for a second in all."""

    def __init__(self, free: FreeSlots) -> None:
        super().__init__()
        self.free = free

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        chosen = format_html('value="{}"', value or "")
        options = self.free.html.replace(chosen, f"{chosen} selected", 1)
        return format_html("<select{}>{}</select>", attributes, mark_safe(options))  # noqa: S308  # escaped above


class FreeSlotField(forms.ChoiceField):
    """One of the free day-parts, grouped by month. What is chosen already stays in the list."""

    def __init__(self, free: FreeSlots, **kwargs: Any) -> None:
        super().__init__(required=False, widget=FreeSlotSelect(free), **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Also what is not free any more: the service says so, with alternatives."""
        return True

    def clean(self, value: Any) -> Slot | None:
        text = str(super().clean(value) or "")
        try:
            return Slot.parse(text) if text else None
        except ValueError:
            raise ValidationError(gettext("Choose a day-part from the list.")) from None


def grouped(free: Iterable[Slot]) -> list[tuple[str, Any]]:
    """Choices for a select: a month with its day-parts."""
    groups: list[tuple[str, Any]] = [("", gettext("Choose a day-part"))]
    for (year, month), slots in itertools.groupby(sorted(free), key=lambda slot: (slot.day.year, slot.day.month)):
        rows = [(str(slot), f"{capfirst(date_format(slot.day, 'l j F'))}, {slot.part.label}") for slot in slots]
        groups.append((f"{capfirst(str(MONTHS[month]))} {year}", rows))
    return groups


class SlotWidget(forms.MultiWidget):
    def __init__(self) -> None:
        parts = [("", _("part of the day")), *DayPart.choices]
        day = forms.DateInput(attrs={"type": "date", "aria-label": _("day")}, format="%Y-%m-%d")
        super().__init__([day, forms.Select(choices=parts, attrs={"aria-label": _("part of the day")})])

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            value = Slot.parse(value)
        return [value.day, value.part.value] if isinstance(value, Slot) else [None, None]


class AnySlotField(forms.MultiValueField):
    """A day and a part of it."""

    widget = SlotWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.DateField(required=False), forms.ChoiceField(choices=DayPart.choices, required=False))
        super().__init__(fields, required=False, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> Slot | None:
        day, part = (*data_list, None, None)[:2]
        if bool(day) != bool(part):
            raise ValidationError(gettext("Choose a day and a part of it."))
        return Slot(day, DayPart(part)) if day else None


class OptionsMixin(forms.Form):
    """Up to three possibilities of up to four day-parts each, as fields `option_1_1` to `option_3_4`."""

    options_at_most = 3

    def add_options(self, free: Iterable[Slot] | None, initial: list[list[Slot]]) -> None:
        """`free` is None where no expert is named: any day goes."""
        chosen = {slot for option in initial for slot in option}
        offered = None if free is None else FreeSlots({*free, *chosen})
        for option, number in itertools.product(range(1, self.options_at_most + 1), range(1, PER_OPTION + 1)):
            label = _("Day-part") if number == 1 else _("Day-part %(number)s") % {"number": number}
            field = AnySlotField(label=label) if offered is None else FreeSlotField(offered, label=label)
            slots = initial[option - 1] if option <= len(initial) else []
            if number <= len(slots):
                field.initial = slots[number - 1] if offered is None else str(slots[number - 1])
            self.fields[f"option_{option}_{number}"] = field

    def option_fields(self) -> list[dict[str, Any]]:
        """For the template: the first day-part of each possibility, and the others."""
        rows = []
        for option in range(1, self.options_at_most + 1):
            first, *more = (self[f"option_{option}_{number}"] for number in range(1, PER_OPTION + 1))
            used = any(field.initial or any(field.errors) for field in more)
            rows.append({"number": option, "first": first, "more": more, "open": used})
        return rows

    def chosen_options(self) -> list[list[Slot]]:
        found = []
        for option in range(1, self.options_at_most + 1):
            slots = [self.cleaned_data.get(f"option_{option}_{number}") for number in range(1, PER_OPTION + 1)]
            if kept := sorted({slot for slot in slots if slot}):
                found.append(kept)
        return found
