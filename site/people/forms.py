"""What people fill in about themselves, their organisation and its members."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core import context as allauth_context
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, Role

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
        self.fields["email"].help_text = gettext(
            "Do we know the domain of your organisation? Then you are a member as soon as you confirm the address. "
            "Otherwise you choose your organisation, and VVSG looks at your request."
        )
        request = allauth_context.request
        proven = request.session.get("account_verified_email") if hasattr(request, "session") else None
        if proven:
            self.fields["email"].initial = proven
            self.fields["email"].disabled = True
            self.fields["email"].help_text = gettext("The address to which the invitation came.")


def _explained_roles() -> list[tuple[str, str]]:
    """In the language of the request, so at the moment of drawing."""
    shape = '<span><strong>{}</strong> <span class="field__help">{}</span></span>'
    return [(role.value, format_html(shape, capfirst(str(role.label)), role.explanation)) for role in Role]


class RolesField(forms.MultipleChoiceField):
    """Roles to tick, each with what it means."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_explained_roles, label=_("Roles"), initial=[Role.EMPLOYEE], **kwargs)


class RolesForm(forms.Form):
    roles = RolesField()


class OrganisationField(forms.CharField):
    """An organisation by its name, with a list to search in: typing is quicker than scrolling through hundreds."""

    widget = forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"})

    def clean(self, value: Any) -> Organisation:
        """By the words of the list, or by the bare name where only one has it."""
        text = str(super().clean(value)).strip().casefold()
        found = [
            body for body in Organisation.objects.current() if text in {body.name.casefold(), listed(body).casefold()}
        ]
        if len(found) != 1:
            raise ValidationError(gettext("Choose an organisation from the list."))
        return found[0]


def listed(organisation: Organisation) -> str:
    """Its name with its kind: a municipality and its police zone may share a name."""
    return f"{organisation.name} ({organisation.get_kind_display()})"


class RequestForm(forms.Form):
    organisation = OrganisationField(
        label=_("Organisation"),
        max_length=250,
        help_text=_(
            "Type a part of the name and choose. Is it not in the list? Ask VVSG to add it; you find the address on "
            "the contact page."
        ),
    )
    motivation = forms.CharField(
        label=_("What do you do there?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two, so that VVSG knows who asks. No data about a case."),
    )

    def choices(self) -> list[str]:
        return [listed(organisation) for organisation in Organisation.objects.current()]


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
