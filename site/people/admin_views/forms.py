"""What VVSG fills in about memberships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from people.forms import RolesField
from people.models import LivcMembership, Membership, Organisation


class DecisionForm(forms.Form):
    APPROVE, REFUSE = "approve", "refuse"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(APPROVE, _("Approve: she becomes a member")), (REFUSE, _("Refuse: she gets your reason by mail"))],
        widget=forms.RadioSelect,
    )
    roles = RolesField(required=False)
    reason = forms.CharField(
        label=_("Reason for refusing"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: we do not find you in the staff of this municipality."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == self.REFUSE and not str(data.get("reason", "")).strip():
            self.add_error("reason", _("Say why. The person gets your reason by mail."))
        return data


class WordForm(forms.Form):
    """On whose word, and until when."""

    on_word_of = forms.CharField(
        label=_("On the word of"),
        max_length=200,
        help_text=_("The LIVC-R coordinator who said so, and when or how. No data about a case."),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("At most a year from now. Empty: a year from now."),
    )


class GrantForm(WordForm):
    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Member"), empty_label=_("Choose a member"))
    field_order = ("membership", "on_word_of", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = LivcMembership.objects.valid().values("membership")
        field = self.fields["membership"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = (
            Membership.objects.active()
            .in_full()
            .exclude(pk__in=inside)
            .order_by("organisation__name", "user__last_name", "user__first_name")
        )
        field.label_from_instance = _name_with_roles  # type: ignore[method-assign,assignment]


def _name_with_roles(membership: Membership) -> str:
    return f"{membership.organisation}: {membership.user} ({membership.role_names})"


class EndCircleForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=255, help_text=_("No data about a case."))


class MergerForm(forms.Form):
    into = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Successor"),
        empty_label=_("Choose the organisation that it is part of now"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        same_kind = Organisation.objects.current().filter(kind=organisation.kind)
        field.queryset = same_kind.exclude(pk=organisation.pk).order_by("name")
