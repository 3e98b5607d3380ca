"""The editor's form of an expert, and what her own form shares with it. Experts' models import this module."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from experts.directory.completeness import LEVELS, no_level, no_offer
from people.models import User
from people.rights import possible_stewards
from taxonomy.models import Concept

CONCEPTS = ("specialisms", "themes", "forms")


def offer_current_terms(form: forms.ModelForm[Any], names: Sequence[str] = CONCEPTS) -> None:
    """Terms of the vocabulary that are in use, and those that the page already carries."""
    for name in names:
        if isinstance(field := form.fields.get(name), forms.ModelMultipleChoiceField):
            carried = [concept.pk for concept in getattr(form.instance, name).all()]
            scheme = form.instance._meta.get_field(name).get_limit_choices_to()["scheme"]
            current = Q(retired=False, merged_into=None)
            field.queryset = Concept.objects.in_scheme(scheme).filter(current | Q(pk__in=carried))


def check_levels(form: forms.ModelForm[Any]) -> None:
    if not any(form.cleaned_data.get(name) for name in LEVELS if name in form.fields):
        form.add_error(LEVELS[0], no_level())


def offer_stewards(form: forms.ModelForm[Any]) -> None:
    """Who left is not offered; where she still stands, she stays until somebody is chosen."""
    if isinstance(field := form.fields.get("steward"), forms.ModelChoiceField):
        field.queryset = User.objects.filter(Q(pk__in=possible_stewards()) | Q(pk=form.instance.steward_id))


class ExpertPageForm(WagtailAdminPageForm):
    """The editor's form. Drafts may lack anything; what is published or handed in has a level and an offer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_current_terms(self)
        offer_stewards(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data or "action-submit" in self.data:
            check_levels(self)
            offers = self.formsets.get("offers")
            if offers is not None and not any(row and not row.get("DELETE") for row in _rows(offers)):
                self.add_error(None, no_offer())
        return cleaned


def _rows(formset: Any) -> list[dict[str, Any]]:
    return [getattr(form, "cleaned_data", {}) for form in formset.forms if form.is_valid()]
