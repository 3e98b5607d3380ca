"""The editor's form of an event. The models import this module: it imports none of them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from events.choices import QuestionKind
from events.directory.page_merging import keep_what_moved
from events.directory.page_sessions import check_removed, check_sessions
from experts.directory.page_form import check_levels, offer_current_terms, offer_stewards
from people.rights import possible_stewards

CONCEPTS = ("themes", "sectors", "forms")
RESERVED = ("kalender", "seintje")  # addresses beside the pages
REVIEW = datetime.timedelta(days=365)
WITH_OPTIONS = (QuestionKind.CHOICE, QuestionKind.SEVERAL)
CLOCK = "ambiguous_timezone"  # Django's code for an hour that the clock skips or repeats


class EventPageForm(WagtailAdminPageForm):
    """Drafts may lack anything; what is published or handed in has a session and a level."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_current_terms(self, CONCEPTS)
        offer_stewards(self)
        if self.instance.pk is None:
            self._suggest()

    def _suggest(self) -> None:
        """For a new event: whoever writes it keeps it, and looks at it again in a year."""
        today = timezone.localdate()
        writer: Any = getattr(self.for_user, "pk", None)
        if self.initial.get("steward") is None and possible_stewards().filter(pk=writer).exists():
            self.initial["steward"] = writer
        self.initial["confirmed_on"] = self.initial.get("confirmed_on") or today
        self.initial["review_date"] = self.initial.get("review_date") or today + REVIEW

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        sessions = _rows(self.formsets.get("sessions"))
        for form in [self, *_forms(self.formsets.get("sessions"))]:
            _say_clock_plainly(form)
        if self.instance.pk is not None:
            self._check_meanwhile()
        self._check_slug(cleaned)
        self._check_window(cleaned, [row["ends_at"] for row in sessions if row.get("ends_at")])
        self._check_questions()
        self._check_leaders()
        if "action-publish" in self.data or "action-submit" in self.data:
            check_levels(self)
            if "sessions" in self.formsets:
                for problem in check_sessions(sessions):
                    self.add_error(None, problem)
        return cleaned

    def _check_meanwhile(self) -> None:
        """What was decided about the event since this form was opened: at the desk, by people who registered."""
        sessions = self.formsets.get("sessions")
        gone = [form.instance for form in sessions.forms if form.is_valid() and _is_deleted(form)] if sessions else []
        for problem in [*keep_what_moved(self), *check_removed(gone)]:
            self.add_error(None, problem)

    def _check_slug(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("slug") in RESERVED:
            self.add_error("slug", _("This address is in use by the calendar itself. Choose another."))

    def _check_window(self, cleaned: dict[str, Any], ends: list[datetime.datetime]) -> None:
        opens, closes = cleaned.get("registration_opens_at"), cleaned.get("registration_closes_at")
        end = max(ends, default=None)
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", _("Registration closes after it opens."))
        for name in ("registration_opens_at", "registration_closes_at", "cancel_until"):
            if (moment := cleaned.get(name)) and end and moment > end:
                self.add_error(name, _("This is after the end of the event."))

    def _check_questions(self) -> None:
        for form in _forms(self.formsets.get("questions")):
            row = getattr(form, "cleaned_data", {})
            options = [line for line in (row.get("options") or "").splitlines() if line.strip()]
            if row.get("kind") in WITH_OPTIONS and len(options) < 2 and "options" in form.fields:
                form.add_error("options", _("Give at least two possible answers, one on each line."))

    def _check_leaders(self) -> None:
        for form in _forms(self.formsets.get("leaders")):
            row = getattr(form, "cleaned_data", {})
            if row and not row.get("expert") and not row.get("name"):
                form.add_error(None, _("Choose an expert or type a name."))


def _forms(formset: Any) -> list[Any]:
    """The rows that are filled in and stay."""
    if formset is None:
        return []
    kept = [form for form in formset.forms if form.is_valid() or form.has_changed()]
    return [form for form in kept if form.has_changed() or form.instance.pk if not _is_deleted(form)]


def _is_deleted(form: Any) -> bool:
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def _rows(formset: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in _forms(formset) if form.is_valid()]


def _say_clock_plainly(form: Any) -> None:
    """An hour that the clock skips in spring or repeats in autumn, in words that an editor understands."""
    words = _("The clock changes at this hour: in spring it does not exist, in autumn it comes twice. Choose another.")
    for errors in form.errors.values():
        for position, error in enumerate(errors.as_data()):
            if error.code == CLOCK:
                errors.data[position] = ValidationError(words, code=CLOCK)
