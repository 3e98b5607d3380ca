"""The forms that look back on a delivery."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.afterwards.services import QUESTIONS
from experts.models import DeliveryReport, Evaluation, SharedLesson
from experts.scale_form import ScaleForm
from people.models import User
from practices.models import PracticePage


class EvaluationForm(ScaleForm):
    scale = QUESTIONS

    class Meta:
        model = Evaluation
        fields = (*QUESTIONS, "remarks")


class ReportForm(forms.ModelForm[DeliveryReport]):
    may_share = forms.BooleanField(
        label=_("This may be shared with other municipalities, if the municipality agrees too"), required=False
    )

    class Meta:
        model = DeliveryReport
        fields = ("done", "reached", "learnt")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done"].help_text = _("A few lines. Name no persons and no case.")
        for name in ("done", "learnt"):
            self.fields[name].widget.attrs["rows"] = 5


class LessonForm(forms.ModelForm[SharedLesson]):
    """`seen` is the version that was read. Practices to choose from are those that she may see."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SharedLesson
        fields = ("text", "about", "outcome", "adapted")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = forms.ModelChoiceField(
            PracticePage.objects.visible_to(reader).order_by("title"),
            label=_("Practice it is about"),
            required=False,
            empty_label=_("none: make a new practice of it"),
            help_text=_("Editors turn it into a practice if you choose none."),
        )
        self.fields["about"] = about
        self.fields["seen"].initial = self.instance.version
        for name in ("text", "adapted"):
            self.fields[name].widget.attrs["rows"] = 5

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("about") and not data.get("outcome"):
            self.add_error("outcome", _("Say what came of the practice."))
        return data
