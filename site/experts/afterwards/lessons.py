"""What may be shared. Both parties agree to the same text; each may take that back until it is shared.

Consent holds for what was read: a change of the text ends the other's. With the second consent it becomes, in the same
transaction, an experience on a practice or the draft of a new one.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from experts.afterwards import mails
from experts.booking.exceptions import BookingError, NotAllowed, StaleBooking
from experts.choices import DONE, Party
from experts.models import Booking, OptionDayPart, SharedLesson
from practices.choices import Outcome
from practices.models import PracticePage
from practices.services import draft_practice_from, note_adoption

CONSENTS = {Party.MUNICIPALITY: "municipality_consents_at", Party.EXPERT: "expert_consents_at"}
TOLD = ("text", "about", "outcome", "adapted")


@transaction.atomic
def write_lesson(*, booking: Booking, party: Party, told: Mapping[str, Any], seen: int | None = None) -> SharedLesson:
    """Write or change the text, and agree to it. The other party is asked (again)."""
    own = _consent_of(party)
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    if booking.state not in DONE:
        raise BookingError(_("This booking has not been delivered yet."))
    lesson = SharedLesson.objects.filter(booking=booking).first() or SharedLesson(booking=booking)
    _check_open(lesson, seen)
    for name in TOLD:
        if name in told:
            setattr(lesson, name, told[name])
    for field in CONSENTS.values():
        setattr(lesson, field, None)
    setattr(lesson, own, timezone.now())
    lesson.version += 1
    lesson.changed_at = timezone.now()
    lesson.save()
    mails.consent_asked(lesson, party)
    return lesson


@transaction.atomic
def consent(*, booking: Booking, party: Party, seen: int) -> SharedLesson:
    """Agree to the text that was read; with both consents it is shared."""
    own = _consent_of(party)
    lesson = _locked(booking)
    _check_open(lesson, seen)
    setattr(lesson, own, timezone.now())
    if all(getattr(lesson, field) for field in CONSENTS.values()):
        _share(lesson)
    lesson.save()
    return lesson


@transaction.atomic
def withdraw_consent(*, booking: Booking, party: Party) -> SharedLesson:
    """Take one's own consent back; the text stays with the booking, for both to see."""
    own = _consent_of(party)
    lesson = _locked(booking)
    _check_open(lesson, None)
    setattr(lesson, own, None)
    lesson.save(update_fields=[own])
    return lesson


def first_day_of(booking: Booking) -> datetime.date | None:
    """The day on which the delivery began; None where no day was ever chosen."""
    return (
        OptionDayPart.objects.filter(option__booking=booking, option__chosen=True).values_list("day", flat=True).first()
    )


def _consent_of(party: Party | None) -> str:
    if party not in CONSENTS:
        raise NotAllowed(_("Only the municipality and the expert decide what is shared."))
    return CONSENTS[party]


def _locked(booking: Booking) -> SharedLesson:
    """The booking is locked, not the lesson: two who agree at once wait for each other."""
    Booking.objects.select_for_update().get(pk=booking.pk)
    lesson = SharedLesson.objects.select_related("booking__organisation").filter(booking=booking).first()
    if lesson is None:
        raise BookingError(_("There is nothing to share yet."))
    return lesson


def _check_open(lesson: SharedLesson, seen: int | None) -> None:
    if lesson.shared_at is not None:
        raise StaleBooking(_("This is shared already. Ask VVSG if something has to change."))
    if seen is not None and seen != lesson.version:
        raise StaleBooking(_("The text changed in the meantime. Read it again, then decide."))


def _share(lesson: SharedLesson) -> None:
    booking = lesson.booking
    year = (first_day_of(booking) or timezone.localdate()).year
    source = _("Booking of the expert pool, %(year)s") % {"year": year}
    practice = PracticePage.objects.live().filter(pk__in=[lesson.about_id]).first() if lesson.about_id else None
    if practice is not None:
        note_adoption(
            practice=practice,
            organisation=booking.organisation,
            year=year,
            outcome=Outcome(lesson.outcome or Outcome.EARLY),
            text=lesson.text,
            adapted=lesson.adapted,
            source=source,
        )
    else:
        title = _("%(kind)s in %(organisation)s") % {
            "kind": booking.get_offer_kind_display().capitalize(),
            "organisation": booking.organisation,
        }
        practice = draft_practice_from(
            title=title, text=lesson.text, organisation=booking.organisation, owner=booking.requested_by, notes=source
        )
    lesson.became = Page.objects.get(pk=practice.pk)
    lesson.shared_at = timezone.now()
