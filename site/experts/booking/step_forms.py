"""The forms on the pages that ask for confirmation."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.availability import freedom
from experts.booking import terms, words
from experts.booking.forms import AHEAD
from experts.booking.permissions import OPEN_ANSWERS, acts_for, is_desk
from experts.booking.querysets import options_to_accept
from experts.booking.services.treating import chosen_option
from experts.booking.slot_fields import OptionsMixin
from experts.choices import Answer, Party, RefusalReason
from experts.day_parts import Slot
from experts.models import Booking, BookingExpert, ExpertPage
from people.models import User


class StepForm(forms.Form):
    """Carries the version that was shown, so that a stale page is noticed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, booking: Booking, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booking, self.user = booking, user
        self.fields["seen"].initial = booking.version
        self.prepare()

    def prepare(self) -> None:
        """Make the fields that depend on the booking."""

    def arguments(self) -> dict[str, Any]:
        """For the service, beside the booking and who does it."""
        return dict(self.cleaned_data)


class WhyForm(StepForm):
    why = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class CancelForm(WhyForm):
    @property
    def warning(self) -> str:
        """What she should know before she cancels."""
        option = chosen_option(self.booking)
        if not terms.is_late(option.slots if option else []):
            return ""
        return gettext("The day is near: this counts as cancelled late. Call the other party too.")


class MaybeWhyForm(WhyForm):
    def prepare(self) -> None:
        self.fields["why"].required = False


class _ForExpert(StepForm):
    """Somebody who acts for several of the experts says for which; the desk may answer for all."""

    answers: tuple[str, ...] = (Answer.WAITING,)

    def prepare(self) -> None:
        experts = ExpertPage.objects.filter(pk__in=[row.expert_id for row in self.rows()])
        self.fields["expert"] = forms.ModelChoiceField(experts, label=_("Expert"), empty_label=None)
        if len(experts) == 1:
            self.fields["expert"].widget = forms.HiddenInput()
            self.fields["expert"].initial = experts[0].pk

    def rows(self) -> list[BookingExpert]:
        return rows_for(self.booking, self.user, self.answers)


class AcceptForm(_ForExpert):
    moving = False

    def prepare(self) -> None:
        super().prepare()
        self.add_option()

    def add_option(self) -> None:
        rows = options_to_accept(self.booking, moving=self.moving)
        field = forms.ModelChoiceField(rows, label=_("Which day?"), empty_label=None)
        field.label_from_instance = words.option  # type: ignore[method-assign,assignment]
        field.widget = forms.RadioSelect(choices=field.choices)  # type: ignore[arg-type]
        if len(rows) == 1:
            field.initial = rows[0].pk
        self.fields["option"] = field


class AcceptMoveForm(AcceptForm):
    moving = True
    answers = (Answer.ACCEPTED,)

    def prepare(self) -> None:
        if self.booking.turn == Party.EXPERT:
            super().prepare()
        else:
            self.add_option()

    def rows(self) -> list[BookingExpert]:
        return [row for row in super().rows() if row.option_id is None]


class RefuseForm(_ForExpert):
    answers = OPEN_ANSWERS
    reason = forms.ChoiceField(
        label=_("Why can you not do it?"), choices=RefusalReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Do you want to add something?"),
        help_text=_("VVSG and the municipality read this."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(OptionsMixin, MaybeWhyForm):
    def prepare(self) -> None:
        super().prepare()
        free: set[Slot] | None = None
        if experts := self._experts():
            today, place = timezone.localdate(), self.booking.place
            province = self.booking.organisation.province
            found = freedom.free_slots(
                experts, today, today + AHEAD, place=place, province=province, ignoring=self.booking
            )
            free = set.intersection(*found.values())
        self.add_options(free, [])

    def _experts(self) -> list[ExpertPage]:
        """All who come: a day on which one of them cannot is no possibility."""
        rows = self.booking.asked.filter(answer=Answer.ACCEPTED).select_related("expert")
        return [row.expert for row in rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.chosen_options():
            self.add_error("option_1_1", forms.ValidationError(str(_("Choose at least one day-part."))))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("why", "seen")} | {"options": self.chosen_options()}


def rows_for(booking: Booking, user: User | None, answers: tuple[str, ...]) -> list[BookingExpert]:
    """The experts of a booking for whom somebody may answer."""
    rows = booking.asked.filter(answer__in=answers, asked_at__isnull=False).select_related("expert")
    if user is not None and not is_desk(user):
        rows = rows.filter(expert__in=acts_for(user))
    return list(rows)
