"""What is set of an event as a whole."""

import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import EventPrivate

MOST = 5000


class CapacityForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=MOST,
        help_text=gettext_lazy("Whoever has a place keeps it. More places go to the waiting list at once."),
    )


class PrivateForm(forms.ModelForm[EventPrivate]):
    """What registered people and organisers alone get to know."""

    seen = forms.CharField(widget=forms.HiddenInput)
    online_link = forms.URLField(
        label=gettext_lazy("Link to take part online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Only for whoever has a place."),
    )

    class Meta:
        model = EventPrivate
        fields = ("online_link", "practical", "contact_email", "contact_phone", "notes")

    def __init__(self, data: Any = None, *, instance: EventPrivate) -> None:
        self.version = self._version_of(instance)
        super().__init__(data, instance=instance, initial={"seen": self.version})
        for name in ("practical", "notes"):
            self.fields[name].widget.attrs["rows"] = 4
        self.fields["notes"].help_text = _("Only organisers read this.")

    def _version_of(self, held: EventPrivate) -> str:
        """Another one as soon as anything in it is different: the row counts no versions."""
        content = json.dumps([getattr(held, name) for name in self.Meta.fields])
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") != self.version:
            raise forms.ValidationError(_("Somebody else changed this in the meantime. Look again, then decide."))
        return data
