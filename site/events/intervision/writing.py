"""The two forms in which members write about their work: both look for what tells about whom it is."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import case_data
from events.choices import MemberState
from events.intervision.forms import area
from events.models import CaseBrought, GroupLesson, IntervisionGroup
from people.models import Membership, User
from practices.models import PracticePage


class CheckedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says what looks like personal data; she takes it out, or says that it is none."""

    no_personal_data = forms.BooleanField(label=_("What was found is no personal data"), required=False)

    def __init__(self, *args: Any, group: IntervisionGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.found = group, list[str]()

    def looked_for(self, *texts: str) -> list[str]:
        return case_data.found_in(*texts, names=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.found = self.looked_for(data.get("title") or "", data.get("text") or "")
        if self.found and not data.get("no_personal_data"):
            words = gettext("This looks like personal data: %(what)s. Take it out, or tick below that it is none.")
            raise forms.ValidationError(words % {"what": ", ".join(self.found)}, code="case_data")
        return data

    @property
    def shown(self) -> list[forms.BoundField]:
        """The tick only where there is something to tick."""
        return [field for field in self if field.name != "no_personal_data" or self.found]


class CaseForm(CheckedForm):
    named_nobody = forms.BooleanField(
        label=_("I named nobody: no names, no birth dates, no addresses, nothing by which somebody is recognised")
    )

    class Meta:
        model = CaseBrought
        fields = ("title", "text")
        widgets = {"text": area(9)}

    field_order = ("title", "text", "named_nobody", "no_personal_data")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "text"):
            self.fields[name].required = True
            self.fields[name].widget.attrs.update({"autocomplete": "off", "aria-describedby": "no-case-data"})
        self.fields["text"].help_text = _("What happens, what did you try, and what do you want to know?")


class LessonForm(CheckedForm):
    """`seen` is the version that she read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cases: Any = forms.ModelMultipleChoiceField(
        CaseBrought.objects.none(), label=_("Questions from which it came"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = GroupLesson
        fields = ("title", "text", "about", "outcome")
        widgets = {"text": area(9)}

    field_order = ("cases", "title", "text", "about", "outcome", "no_personal_data", "seen")

    def __init__(self, *args: Any, reader: User, labels: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = self.fields["cases"]
        linked = list(self.instance.cases.values_list("pk", flat=True)) if self.instance.pk else []
        cases.queryset = CaseBrought.objects.filter(meeting__group=self.group).exclude(pk__in=linked)  # type: ignore[attr-defined]
        cases.label_from_instance, cases.required = labels, not linked  # type: ignore[attr-defined]
        about = self.fields["about"] = forms.ModelChoiceField(
            PracticePage.objects.visible_to(reader).order_by("title"),
            label=_("Practice it is about"),
            required=False,
            empty_label=_("none: make a new practice of it"),
        )
        about.help_text = _("Editors turn it into a practice if you choose none.")
        self.fields["outcome"].required = False
        self.initial["seen"] = self.instance.version

    def looked_for(self, *texts: str) -> list[str]:
        """Also who is in the group and where they work."""
        found = super().looked_for(*texts)
        if any(_stands_in(word, texts) for word in own_words(self.group)):
            found.append(gettext("the name of a member, of her organisation or of the group"))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("about") and not data.get("outcome"):
            self.add_error("outcome", _("Say what came of the practice."))
        return data


def own_words(group: IntervisionGroup) -> set[str]:
    members = User.objects.filter(intervision_memberships__group=group)
    here = members.filter(intervision_memberships__state=MemberState.ACTIVE)
    names = {name for user in members for name in (user.get_full_name(), user.last_name)}
    work = Membership.objects.active().filter(user__in=here).values_list("organisation__name", flat=True)
    return {word for word in {*names, *work, group.name} if len(word) > 2}


def _stands_in(word: str, texts: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for text in texts)
