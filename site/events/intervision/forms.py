"""The forms of a room."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import check_document
from events.intervision import terms
from events.models import GroupMember, IntervisionGroup, Meeting


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class RulesForm(forms.Form):
    """`seen` is the version of the rules that she read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    accepted_name = forms.CharField(
        label=_("Your name, in full"),
        max_length=150,
        help_text=_("By typing your name you promise to keep these rules."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class AskForm(forms.Form):
    motivation = forms.CharField(
        label=_("Why you want to join"),
        max_length=1500,
        widget=area(6),
        help_text=_("The members read this before they answer. Name nobody from your work."),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why"), max_length=1000, widget=area(4), help_text=_("She reads this in a mail; the others do not.")
    )


class GlassForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you must enter this room"),
        min_length=terms.SHORTEST_REASON,
        max_length=1000,
        widget=area(4),
        help_text=_("Every member reads this. Name nobody and no case."),
    )


class HandOverForm(forms.Form):
    to: Any = forms.ModelChoiceField(GroupMember.objects.none(), label=_("Who guides the group from now on"))

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = members  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda row: str(row.user)  # type: ignore[attr-defined]


class RoomForm(forms.ModelForm[IntervisionGroup]):
    """What the facilitator arranges herself."""

    class Meta:
        model = IntervisionGroup
        fields = ("purpose", "method", "rules", "erase_after_days", "is_open")
        widgets = {"purpose": area(4), "rules": area(8)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rules"].help_text = _("When you change these, everybody accepts them anew before coming in.")
        self.fields["erase_after_days"].help_text = _("From 1 to 60 days.")
        if self.instance.announced_on_id is None:
            self.fields["is_open"].help_text = _("This needs a page in the calendar: ask VVSG to make one.")


class MeetingForm(forms.ModelForm[Meeting]):
    """A day with its hours, in the time of Brussels."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    end = forms.TimeField(
        label=pgettext_lazy("hour", "Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    online_link = forms.URLField(
        label=_("Online link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Paste the whole link, such as https://meet.example/123.")},
    )

    class Meta:
        model = Meeting
        fields = ("place", "agenda")
        widgets = {"agenda": area(5)}

    field_order = ("day", "start", "end", "place", "online_link", "agenda", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            first, last = timezone.localtime(self.instance.starts_at), timezone.localtime(self.instance.ends_at)
            self.initial.update(day=first.date(), start=first.time(), end=last.time(), seen=self.instance.sequence)
            self.initial["online_link"] = self.instance.online_link

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, start, end = (data.get(name) for name in ("day", "start", "end"))
        if day and start and end:
            if end <= start:
                self.add_error("end", _("A meeting ends after it starts."))
            for name, moment in (("start", start), ("end", end)):
                self._moment(name, datetime.datetime.combine(day, moment))
        return data

    def _moment(self, name: str, naive: datetime.datetime) -> None:
        """Refuses an hour that the change of clock leaves out or gives twice."""
        try:
            self.cleaned_data[f"{name}s_at"] = from_current_timezone(naive)
        except ValidationError as error:
            self.add_error(name, error)

    def _post_clean(self) -> None:
        """The moments are checked above, and by the service; the row itself is only changed under lock."""

    def told(self) -> dict[str, Any]:
        names = ("starts_at", "ends_at", "place", "online_link", "agenda")
        return {name: self.cleaned_data[name] for name in names}


class PresenceForm(forms.Form):
    present = forms.MultipleChoiceField(label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: list[GroupMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(row.pk), str(row.user) if row.user else _("somebody who left")) for row in people]
        self.fields["present"].choices = choices  # type: ignore[attr-defined]


class FileForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150, required=False)
    file = forms.FileField(label=_("File"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("PDF, Word, PowerPoint, Excel, OpenDocument or text, at most 10 MB.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > terms.LARGEST_FILE:
            raise ValidationError(_("The file is larger than 10 MB. Make it smaller or split it."))
        check_document(file)
        return file
