"""What an expert changes herself, and what VVSG keeps beside her page."""

import re
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import ClusterForm
from wagtail.images.fields import WagtailImageField

from core.images import checked
from core.text import plain_text
from experts.directory.completeness import LEVELS
from experts.directory.page_form import CONCEPTS, check_levels, offer_current_terms
from experts.models import ExpertOffer, ExpertPage, ExpertPrivate, ExpertReference
from people.models import User

OFFER_FIELDS = (
    *("kind", "title", "description", "day_parts", "group_min", "group_max", "languages", "provinces", "online"),
    "municipality_cost",
)


class OfferForm(forms.ModelForm[ExpertOffer]):
    """One offer; what the pool pays is VVSG's."""

    class Meta:
        model = ExpertOffer
        fields = OFFER_FIELDS


class ProfileForm(ClusterForm):
    """The texts of a profile with its offers: what goes to VVSG before visitors see it.

    Her long text is plain here: whoever has no admin has no editor for rich text. As long as she leaves it alone, what
    an editor made of it stays.
    """

    about = forms.CharField(
        label=gettext_lazy("About you"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("An empty line starts a new paragraph. VVSG does the layout."),
    )
    new_photo = WagtailImageField(
        label=gettext_lazy("New photo"),
        required=False,
        help_text=gettext_lazy(
            "Of yourself, or the logo of your organisation. Without one, visitors see your initials."
        ),
    )
    no_photo = forms.BooleanField(label=gettext_lazy("Take the photo away"), required=False)

    class Meta:
        model = ExpertPage
        fields = ("summary", *LEVELS, *CONCEPTS)
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            **dict.fromkeys(CONCEPTS, forms.CheckboxSelectMultiple),
        }
        formsets = {"offers": {"form": OfferForm, "fields": OFFER_FIELDS, "extra": 1, "exclude": ["sort_order"]}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_current_terms(self)
        self.fields["new_photo"].to_python = checked(self.fields["new_photo"].to_python)
        if self.instance.photo_id is None:
            del self.fields["no_photo"]
        self.fields["about"].initial = plain_text(self.instance.biography).replace("\n", "\n\n")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        check_levels(self)
        return cleaned

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LEVELS]

    @property
    def concept_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in CONCEPTS]

    def save(self, commit: bool = True) -> ExpertPage:
        page: ExpertPage = super().save(commit=commit)
        if self.cleaned_data.get("no_photo"):
            page.photo = None
        if "about" in self.changed_data:
            paragraphs = re.split(r"\n\s*\n", self.cleaned_data["about"].replace("\r\n", "\n").strip())
            page.biography = "".join(f"<p>{escape(text)}</p>" for text in paragraphs if text)
        return page


class PrivateForm(forms.ModelForm[ExpertPrivate]):
    """What an expert keeps of her own private data; it holds at once."""

    class Meta:
        model = ExpertPrivate
        fields = ("email", "mobile", "iban")


class DeskPrivateForm(forms.ModelForm[ExpertPrivate]):
    class Meta:
        model = ExpertPrivate
        fields = ("email", "mobile", "iban", "notes")


class AccountForm(forms.Form):
    """Lets somebody act for an expert, by the address of an account that is there already."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.user = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.user is None:
            raise forms.ValidationError(_("There is no account with this address. Ask this person to make one first."))
        return email


class ReferenceForm(forms.ModelForm[ExpertReference]):
    class Meta:
        model = ExpertReference
        fields = ("organisation", "what", "when", "referee_name", "referee_email")
        help_texts = {
            "when": gettext_lazy("For example: spring 2026."),
            "referee_email": gettext_lazy("We mail this person a link to confirm. The address is not shown."),
        }
