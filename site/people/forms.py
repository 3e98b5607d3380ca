"""What people fill in about themselves, their organisation and its members."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core import context as allauth_context
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.holdings import Holding
from people.models import Membership, Organisation, Role, User
from people.services.leaving import leaves_for_good

INVITED_AT_MOST = 50
ADDRESSES_SHOWN = 5


class NamedSignupForm(SignupForm):  # type: ignore[misc]
    """Asks for a name as well. Whoever comes from an invitation has proven her address: it stands fixed."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    field_order = ("first_name", "last_name", "email", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = allauth_context.request
        proven = request.session.get("account_verified_email") if hasattr(request, "session") else None
        if proven and "email" in self.fields:
            self.fields["email"].initial = proven
            self.fields["email"].disabled = True
            self.fields["email"].help_text = gettext("The address to which the invitation came.")


class RolesField(forms.MultipleChoiceField):
    """Roles to tick, each with what it means."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        choices = [(role.value, f"{str(role.label).capitalize()}: {role.explanation}") for role in Role]
        super().__init__(choices=choices, label=_("Roles"), initial=[Role.EMPLOYEE], **kwargs)


class RolesForm(forms.Form):
    roles = RolesField()


class RequestForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=_("Choose your organisation"),
        help_text=_("Is it not in the list? Ask VVSG to add it; you find the address on the contact page."),
    )
    motivation = forms.CharField(
        label=_("What do you do there?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two, so that VVSG knows who asks. No data about a case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = Organisation.objects.current()
        field.choices = grouped_organisations()  # type: ignore[assignment]


def grouped_organisations() -> list[Any]:
    """The organisations of today under their kind, in one query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for organisation in Organisation.objects.current().order_by("kind", "name"):
        groups.setdefault(str(organisation.get_kind_display()).capitalize(), []).append(
            (organisation.pk, organisation.name)
        )
    return [("", str(_("Choose your organisation"))), *groups.items()]


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One on each line, or with commas between them."),
    )
    roles = RolesField()

    def clean_emails(self) -> list[str]:
        """Each address once, in lower case."""
        text = str(self.cleaned_data["emails"]).replace(",", " ").replace(";", " ")
        addresses = list(dict.fromkeys(word.strip("<>").lower() for word in text.split()))
        wrong = [address for address in addresses if not _is_address(address)]
        if wrong:
            shown = ", ".join(wrong[:ADDRESSES_SHOWN])
            raise ValidationError(gettext("This is not an e-mail address: %(addresses)s") % {"addresses": shown})
        if len(addresses) > INVITED_AT_MOST:
            text = ngettext(
                "Invite at most %(count)d person at a time.",
                "Invite at most %(count)d people at a time.",
                INVITED_AT_MOST,
            )
            raise ValidationError(text % {"count": INVITED_AT_MOST})
        return addresses


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class EndForm(forms.Form):
    """Why, and who takes over what she answers for: one person for everything, another for one thing where wanted."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("She reads it in the mail. For example: works elsewhere since 1 December."),
    )

    def __init__(self, *args: Any, membership: Membership, held: list[Holding], successors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        if not held:
            return
        must = leaves_for_good(membership)
        empty = _("Choose who takes over") if must else _("She keeps it")
        self.fields["everything_to"] = forms.ModelChoiceField(
            successors, label=_("Everything passes to"), required=False, empty_label=empty
        )
        for holding in held:
            self.fields[holding.name] = forms.ModelChoiceField(
                successors, label=holding.title, required=False, empty_label=_("As above")
            )

    def shares(self) -> dict[str, Any]:
        """As `services.leaving.end` wants them."""
        data = self.cleaned_data
        named: dict[str, User] = {
            holding.name: data[holding.name] for holding in self.held if data.get(holding.name) is not None
        }
        return {"everything_to": data.get("everything_to"), "successors": named}

    def rows(self) -> list[tuple[Holding, Any]]:
        return [(holding, self[holding.name]) for holding in self.held]
