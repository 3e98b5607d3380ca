"""How editors fill in a term: other labels one per line, a slug that makes itself, and where a merged term goes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

if TYPE_CHECKING:
    from taxonomy.models import Concept

LABEL_MAX = 120


class LinesField(forms.CharField):
    """A list of short texts, edited as a text area with one per line; empty and double lines fall away."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list({line.casefold(): line for line in lines if line}.values())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if any(len(line) > LABEL_MAX for line in value):
            raise forms.ValidationError(_("Keep every line under 120 characters."))

    def run_validators(self, value: Any) -> None:
        """The validators of text do not hold for a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class ConceptForm(WagtailAdminModelForm):
    other_labels = LinesField(
        label=_("Other labels"),
        required=False,
        help_text=_("Synonyms and other spellings by which people search, one per line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].disabled = self.instance.pk is not None
        if "broader" in self.fields and self.instance.pk is not None:
            candidates = self.fields["broader"].queryset.filter(scheme=self.instance.scheme, merged_into=None)
            self.fields["broader"].queryset = candidates.exclude(pk=self.instance.pk)

    def clean_slug(self) -> str:
        """An empty slug is made of the label, with a number where that one is taken."""
        from taxonomy.models import Concept

        if slug := self.cleaned_data.get("slug"):
            return str(slug)
        base = slugify(self.cleaned_data.get("label", "") or self.data.get("label", ""))[:100] or "begrip"
        free, number = base, 2
        while Concept.objects.filter(slug=free).exists():
            free, number = f"{base}-{number}", number + 1
        return free


class MergeForm(forms.Form):
    into: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, label=_("Merge into"), help_text=_("The term that takes over; of the same scheme.")
    )

    def __init__(self, *args: Any, candidates: "QuerySet[Concept]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = candidates  # type: ignore[attr-defined]
