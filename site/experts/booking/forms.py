"""The form with which a municipality asks for an expert."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import case_data
from experts.availability import freedom
from experts.booking.slot_fields import OptionsMixin
from experts.choices import OfferKind, Place
from experts.day_parts import Slot
from experts.models import Booking, ExpertOffer, ExpertPage
from people.models import Organisation, User

AHEAD = datetime.timedelta(days=120)
TEXTS = ("subject", "question", "for_whom", "urgency_reason")
NEEDED_TO_SEND = ("subject", "question", "for_whom", "offer_kind", "offer")


def offer_words(offer: ExpertOffer) -> str:
    """“Training: Polarisatie (2 dagdelen, kost u € 0)”."""
    parts = ngettext("%(count)d day-part", "%(count)d day-parts", offer.day_parts) % {"count": offer.day_parts}
    cost = gettext("costs you € %(euro)s") % {"euro": euro(offer.municipality_cost)}
    return f"{offer.title} ({parts}, {cost})"


def euro(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return number_format(amount, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)


class AskForm(OptionsMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A draft is saved as it is: what is needed to send the request may wait until then."""

    no_case_data = forms.BooleanField(
        label=_("This is no personal data of somebody whom my question is about"), required=False
    )

    online_link = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")

    class Meta:
        model = Booking
        fields = (
            "organisation",
            "subject",
            "question",
            "offer",
            "offer_kind",
            "for_whom",
            "group_size",
            "place",
            "address",
            "online_link",
            "is_urgent",
            "urgency_reason",
            "contact_name",
            "contact_email",
            "contact_phone",
        )
        widgets = {
            "question": forms.Textarea(attrs={"rows": 7, "aria-describedby": "no-case-data"}),
            "urgency_reason": forms.Textarea(attrs={"rows": 3}),
            "place": forms.RadioSelect,
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(
        self,
        *args: Any,
        user: User,
        organisations: list[Organisation],
        expert: ExpertPage | None,
        wished: list[list[Slot]],
        sending: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.expert, self.sending, self.found = expert, sending, list[str]()
        self._for_whom_she_asks(user, organisations)
        self._what_she_asks()
        for name in set(NEEDED_TO_SEND) & set(self.fields):
            self.fields[name].required = sending or not self.is_bound
        province = organisations[0].province if organisations else ""
        self.add_options(self._free(province), wished)

    def _for_whom_she_asks(self, user: User, organisations: list[Organisation]) -> None:
        ours = Organisation.objects.filter(pk__in=[found.pk for found in organisations])
        self.fields["organisation"].queryset = ours  # type: ignore[attr-defined]
        self.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = organisations[0].pk  # the empty one of a new draft goes before a field's own
        self.fields["place"].choices = Place.choices  # type: ignore[attr-defined]
        if self.instance.pk is None:
            self.initial.update(contact_name=user.get_full_name(), contact_email=user.email)
        self.fields["subject"].help_text = gettext("In a few words, such as “tensions around a school”.")
        self.fields["is_urgent"].help_text = gettext("You get an answer within two working days.")
        self.fields["urgency_reason"].help_text = gettext("Needed for an urgent request.")
        self.fields["address"].help_text = gettext("Needed when the expert comes to you.")

    def _what_she_asks(self) -> None:
        """Of a named expert what she offers, with its cost; else a kind."""
        if self.expert is None:
            del self.fields["offer"]
            self.fields["offer_kind"].choices = [("", gettext("Choose")), *OfferKind.choices]  # type: ignore[attr-defined]
            self.fields["offer_kind"].initial = ""
            return
        del self.fields["offer_kind"]
        offer = self.fields["offer"]
        offer.queryset = self.expert.offers.all()  # type: ignore[attr-defined]
        offer.label, offer.label_from_instance = gettext("what you ask"), offer_words  # type: ignore[attr-defined]
        offer.empty_label = None  # type: ignore[attr-defined]
        offer.widget = forms.RadioSelect(choices=offer.choices)  # type: ignore[attr-defined]

    def _free(self, province: str) -> set[Slot] | None:
        if self.expert is None:
            return None
        today = timezone.localdate()
        place = str(self["place"].value() or Place.ON_SITE)
        free = freedom.free_slots([self.expert], today, today + AHEAD, place=place, province=province)
        return free[self.expert.pk]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.found = case_data.found_in(*(str(cleaned.get(name) or "") for name in TEXTS))
        if self.found and not cleaned.get("no_case_data"):
            raise ValidationError(
                gettext("This looks like personal data: %(what)s. Take it out, or tick below that it is none.")
                % {"what": ", ".join(self.found)},
                code="case_data",
            )
        if self.sending:
            self._check_complete(cleaned)
        return cleaned

    def _check_complete(self, cleaned: dict[str, Any]) -> None:
        needed = {"urgency_reason": cleaned.get("is_urgent"), "address": cleaned.get("place") == Place.ON_SITE}
        for name, is_needed in needed.items():
            if is_needed and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext("Fill this in to send the request."))
        options, offer = self.chosen_options(), cleaned.get("offer")
        if self.expert and not options:
            self.add_error("option_1_1", gettext("Choose at least one day-part."))
        elif offer and any(len(option) < offer.day_parts for option in options):
            words = ngettext(
                "What you ask takes %(count)d day-part: choose as many for every possibility.",
                "What you ask takes %(count)d day-parts: choose as many for every possibility.",
                offer.day_parts,
            )
            self.add_error("option_1_1", words % {"count": offer.day_parts})

    def booking_fields(self) -> dict[str, Any]:
        """For the services: what was understood, also of a form with faults, so that nothing typed is lost."""
        known = {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}
        known.pop("organisation", None)
        if self.found and not self.cleaned_data.get("no_case_data"):
            known = {name: value for name, value in known.items() if name not in TEXTS}
        for name in ("subject", "for_whom"):
            known[name] = known.get(name) or getattr(self.instance, name)
        offer = known.get("offer")
        kind = offer.kind if offer else known.get("offer_kind")
        known["offer_kind"] = kind or self.instance.offer_kind or OfferKind.ADVICE
        known["vvsg_searches"] = self.expert is None
        known["options"] = self.chosen_options()
        if offer and not known["options"]:
            known["day_parts"] = offer.day_parts
        return known
