"""Which words become another name of which term."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taxonomy.forms import LABEL_MAX
from taxonomy.models import Concept


class TermField(forms.ModelChoiceField[Concept]):
    """The terms in use, under the headings of their schemes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Concept.objects.current(), **kwargs)

    def grouped(self) -> list[tuple[str, Any]]:
        by_scheme = groupby(Concept.objects.current().order_by("scheme", "label"), key=Concept.get_scheme_display)
        return [
            ("", "---------"),
            *((scheme, [(term.pk, term.label) for term in terms]) for scheme, terms in by_scheme),
        ]


class SynonymForm(forms.Form):
    label = forms.CharField(
        label=_("Words"), max_length=LABEL_MAX, help_text=_("Leave out what does not belong to the term itself.")
    )
    concept = TermField(
        label=_("Term"), help_text=_("Whoever searches for these words also finds what carries this term.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["concept"]
        assert isinstance(field, TermField)  # noqa: S101  # for the type checker
        field.widget.choices = field.grouped()  # type: ignore[attr-defined]
