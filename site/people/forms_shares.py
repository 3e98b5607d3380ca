"""Who takes over what somebody answers for."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.holdings import Holding
from people.models import Membership, User
from people.services.leaving import leaves_for_good


class SharesForm(forms.Form):
    """One person for everything, another for one thing where wanted. Whoever is not named leaves it where it is."""

    def __init__(
        self, *args: Any, held: list[Holding], successors: Any, must: bool, stays: str | Promise, **kwargs: Any
    ) -> None:
        """`must`: everything has to go; else `stays` says what happens where nobody is named."""
        super().__init__(*args, **kwargs)
        self.held = held
        if not held:
            return
        self.fields["everything_to"] = forms.ModelChoiceField(
            successors,
            label=_("Everything passes to"),
            required=must,
            empty_label=_("Choose who takes over") if must else stays,  # type: ignore[arg-type]  # may be lazy
        )
        for holding in held:
            self.fields[holding.name] = forms.ModelChoiceField(
                successors, label=holding.title, required=False, empty_label=_("As above")
            )

    def shares(self) -> dict[str, Any]:
        """As the services want them."""
        data = self.cleaned_data
        named: dict[str, User] = {
            holding.name: data[holding.name] for holding in self.held if data.get(holding.name) is not None
        }
        return {"everything_to": data.get("everything_to"), "successors": named}

    def rows(self) -> list[tuple[Holding, Any]]:
        return [(holding, self[holding.name]) for holding in self.held]


class EndForm(SharesForm):
    """Why a membership ends, and who takes over."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("She reads it in the mail. For example: works elsewhere since 1 December."),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, must=leaves_for_good(membership), stays=_("She keeps it"), **kwargs)


class HandOverForm(SharesForm):
    """What she herself passes to colleagues, and stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, must=False, stays=_("I keep it"), **kwargs)
