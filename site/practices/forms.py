"""The editor's form of a practice."""

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from people.models import User
from people.rights import possible_stewards
from practices.choices import EvidenceLevel
from practices.completeness import REQUIRED_TO_PUBLISH, expected
from practices.models.parts import CONCEPT_ROLES
from taxonomy.levels import PreventionLevel
from taxonomy.models import Concept


class PracticePageForm(WagtailAdminPageForm):
    """Says in words what a required field expects, and offers current terms besides those the page already carries."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "main_level" in self.fields:
            # Radio buttons: an empty one says nothing, a word alone teaches nothing.
            self.fields["main_level"].choices = [
                (level.value, f"{level.label} – {level.sentence}") for level in PreventionLevel
            ]
        if "evidence_level" in self.fields:
            self.fields["evidence_level"].choices = [
                (rung.value, f"{rung.label} – {rung.explanation}") for rung in EvidenceLevel
            ]
        if isinstance(field := self.fields.get("steward"), forms.ModelChoiceField):
            # Who left is not offered; where she still stands, she stays until somebody is chosen.
            field.queryset = User.objects.filter(Q(pk__in=possible_stewards()) | Q(pk=self.instance.steward_id))
        for name in REQUIRED_TO_PUBLISH:
            if name in self.fields:
                self.fields[name].error_messages["required"] = expected(name, self.instance)
        for name in CONCEPT_ROLES:
            if isinstance(field := self.fields.get(name), forms.ModelMultipleChoiceField):
                carried = [concept.pk for concept in getattr(self.instance, name).all()]
                scheme = self.instance._meta.get_field(name).get_limit_choices_to()["scheme"]
                field.queryset = Concept.objects.in_scheme(scheme).filter(
                    Q(retired=False, merged_into=None) | Q(pk__in=carried)
                )
