"""A form that is sent twice does its work once: a double click, or “send again” of the browser."""

import uuid
from typing import Any

from django import forms
from django.core.cache import cache

KEPT = 24 * 3600  # seconds


class OnceForm(forms.Form):
    """With a number of its own, given when the page was made."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"once": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def is_first_time(self) -> bool:
        """Of a valid form, asked once: whether nobody sent this very page before."""
        return bool(cache.add(f"event-desk-{self.cleaned_data['once']}", True, KEPT))
