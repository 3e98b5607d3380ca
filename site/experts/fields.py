"""A field of this app."""

from typing import Any

from django import forms
from django.db import models


class CodesField(models.JSONField):
    """A list of codes, ticked in forms. `codes` names the choices; the database knows nothing of them."""

    def __init__(self, *args: Any, codes: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]  # no field for JSON
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            choices=self.codes.choices if self.codes else (),
            widget=forms.CheckboxSelectMultiple,
        )
