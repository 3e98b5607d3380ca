"""The organiser's forms. Once a group has its members, how it works is theirs to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.choices import EventKind
from events.intervision.forms import area
from events.models import EventPage, IntervisionGroup

ALWAYS = ("name", "announced_on", "is_open")


class GroupForm(forms.ModelForm[IntervisionGroup]):
    class Meta:
        model = IntervisionGroup
        fields = ("name", "purpose", "method", "rules", "erase_after_days", "announced_on", "is_open")
        widgets = {"purpose": area(4), "rules": area(8)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = EventPage.objects.filter(kind=EventKind.INTERVISION).order_by("title")
        self.fields["announced_on"].queryset = pages  # type: ignore[attr-defined]
        if self.instance.opened_at is not None:
            for name in set(self.fields) - set(ALWAYS):
                del self.fields[name]


class FacilitatorForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of the facilitator"),
        help_text=_("She gets an invitation, accepts the rules and invites the other members herself."),
    )


class NewGroupForm(GroupForm):
    facilitator = FacilitatorForm.base_fields["email"]

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
