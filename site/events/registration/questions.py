"""The fields of an event: its questions, and the sessions one chooses. Shared by every form about a registration."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from events.choices import QuestionKind
from events.models import EventPage, EventQuestion, Session
from events.registration import seats, sessions, words
from events.registration.answers import LONGEST

YES, NO = "ja", "nee"  # as they are kept, and as the organiser reads them
SEPARATOR = "; "


class RadioGroup(forms.RadioSelect):
    """Choices of which some are full: shown, and not to be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.full and not option["selected"]:
            option["attrs"]["disabled"] = True
        return dict(option)


class EventFields(forms.Form):
    """`add_questions` and `add_sessions` make the fields; `answers` and `sessions` are what was filled in."""

    event: EventPage
    asked: Sequence[EventQuestion] = ()
    groups: Mapping[str, list[Session]] = MappingProxyType({})

    def add_questions(self, given: dict[str, str] | None = None) -> None:
        self.asked = list(self.event.questions.all())
        for question in self.asked:
            text = (given or {}).get(str(question.uid), "")
            self.fields[_name(question)] = _field(question, text)

    def add_sessions(self, chosen: set[int] | None = None) -> None:
        self.groups = sessions.groups(self.event)
        for number, (group, offered) in enumerate(self.groups.items()):
            self.fields[f"session_{number}"] = _session_field(self.event, group, offered, chosen or set())

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[_name(question)] for question in self.asked]

    @property
    def session_fields(self) -> list[forms.BoundField]:
        return [self[f"session_{number}"] for number in range(len(self.groups))]

    @property
    def answers(self) -> dict[str, str]:
        return {str(question.uid): self._answer(question) for question in self.asked}

    def _answer(self, question: EventQuestion) -> str:
        value = self.cleaned_data.get(_name(question), "")
        return SEPARATOR.join(value) if isinstance(value, list) else str(value or "")

    @property
    def sessions(self) -> list[Session]:
        by_key = {str(session.pk): session for offered in self.groups.values() for session in offered}
        return [by_key[self.cleaned_data[f"session_{number}"]] for number in range(len(self.groups))]


def _name(question: EventQuestion) -> str:
    return f"question_{question.uid.hex}"


def _field(question: EventQuestion, given: str) -> forms.Field:
    """Of the kind that the editor chose. Help is text of an editor, drawn where help is marked up: escaped here."""
    more: dict[str, Any] = {
        "label": question.text,
        "help_text": conditional_escape(question.help_text),
        "required": question.required,
    }
    options = [(option, option) for option in question.choices]
    if question.kind == QuestionKind.LONG:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(widget=area, max_length=LONGEST, initial=given, **more)
    if question.kind == QuestionKind.YES_NO:
        options = [(YES, _("yes")), (NO, _("no"))]
    if question.kind in (QuestionKind.YES_NO, QuestionKind.CHOICE):
        return forms.ChoiceField(widget=forms.RadioSelect, choices=options, initial=given, **more)
    if question.kind == QuestionKind.SEVERAL:
        picked = [text for text in given.split(SEPARATOR) if text]
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(widget=boxes, choices=options, initial=picked, **more)
    return forms.CharField(max_length=300, initial=given, **more)


def _session_field(event: EventPage, group: str, offered: list[Session], chosen: set[int]) -> forms.Field:
    full = {session.pk for session in seats.full_now(event, offered)} - chosen
    widget = RadioGroup()
    if len(full) < len(offered):  # where all are full she waits for the one that she chooses
        widget.full = frozenset(map(str, full))
    choices = [
        (str(session.pk), f"{words.session(session)} ({_('full')})" if session.pk in full else words.session(session))
        for session in offered
    ]
    mine = next((str(session.pk) for session in offered if session.pk in chosen), None)
    return forms.ChoiceField(
        label=_("Choose one: %(choice)s") % {"choice": group}, widget=widget, choices=choices, initial=mine
    )
