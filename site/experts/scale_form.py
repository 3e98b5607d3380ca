"""Questions that are answered from 1 to 5, and room for words."""

from typing import Any, ClassVar

from django import forms

SCALE = [(number, str(number)) for number in range(1, 6)]


class ScaleForm(forms.ModelForm[Any]):
    """`scale` names the fields that are questions; drawn with `experts/afterwards/includes/scale.html`."""

    scale: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.scale:
            label = self.fields[name].label
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=SCALE, coerce=int, widget=forms.RadioSelect(attrs={"class": "scale__choice"})
            )
        self.fields["remarks"].widget.attrs["rows"] = 4

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.scale]
