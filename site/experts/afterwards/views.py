"""Pages after a delivery: evaluation, report, and what may be shared."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from experts.afterwards import lessons, services
from experts.afterwards.access import evaluator_of, reporter_of, reports_for, sharer_of
from experts.afterwards.forms import EvaluationForm, LessonForm, ReportForm
from experts.booking.exceptions import BookingError
from experts.choices import DONE, BookingState, Party
from experts.models import Booking, SharedLesson
from people.audiences import may_see
from people.permissions import signed_in

FORMS = ["GET", "HEAD", "POST"]


@require_http_methods(FORMS)
@never_cache
@login_required
def evaluation(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Five questions; whoever comes too late reads why there is no form any more."""
    booking = evaluator_of(request, uid)
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.evaluate(booking=booking, by=signed_in(request), answers=form.cleaned_data)
        except BookingError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Thank you. Your evaluation is with VVSG."))
            return redirect("booking_lesson", booking.uid)
    context = {"booking": booking, "form": form, "is_open": booking.state == BookingState.DELIVERED}
    return render(request, "experts/afterwards/evaluation.html", context, status=422 if form.errors else 200)


@require_http_methods(FORMS)
@never_cache
@login_required
def report(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The expert's report; where two experts delivered, each writes her own."""
    booking = reporter_of(request, uid)
    owed = reports_for(request, booking, services.owed_reports(booking)) if booking.state in DONE else []
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and owed:
        try:
            services.report(booking=booking, expert=owed[0], by=signed_in(request), told=form.cleaned_data)
        except BookingError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Thank you. The certificate of delivery is ready."))
            return redirect("booking", booking.uid)
    written = booking.reports.select_related("expert")
    context = {"booking": booking, "form": form, "expert": owed[0] if owed else None, "written": written}
    return render(request, "experts/afterwards/report.html", context, status=422 if form.errors else 200)


@require_http_methods(FORMS)
@never_cache
@login_required
def lesson(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What may be shared: write, agree, or take that back."""
    booking, party = sharer_of(request, uid)
    found = SharedLesson.objects.filter(booking=booking).select_related("about", "became").first()
    if booking.state not in DONE:
        raise Http404
    form = LessonForm(request.POST or None, instance=found, reader=signed_in(request))
    if request.method == "POST":
        try:
            if (done := _decide(request, booking, party, form)) is not None:
                messages.success(request, done)
                return redirect("booking_lesson", booking.uid)
        except BookingError as error:
            messages.error(request, error.message)
            return redirect("booking_lesson", booking.uid)
    pages = {"about": _seen_by(request, found and found.about), "became": _seen_by(request, found and found.became)}
    context = {"booking": booking, "lesson": found, "form": form, **pages, **_standing(found, party)}
    return render(request, "experts/afterwards/lesson.html", context, status=422 if form.errors else 200)


def _seen_by(request: HttpRequest, page: Page | None) -> Page | None:
    """A practice may be closed to the other party: then not even its title is told."""
    return page if page is not None and page.live and may_see(page, request.user) else None


def _decide(request: HttpRequest, booking: Booking, party: Party | None, form: LessonForm) -> str | None:
    """What was done, in words; None where the form has to be filled in again."""
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() else -1
    steps: dict[str, Callable[[], Any]] = {
        "agree": lambda: lessons.consent(booking=booking, party=party or Party.VVSG, seen=version),
        "withdraw": lambda: lessons.withdraw_consent(booking=booking, party=party or Party.VVSG),
    }
    if (step := steps.get(request.POST.get("step", ""))) is not None:
        made = step()
        return _("Shared with other municipalities.") if made.shared_at else _("Your choice is kept.")
    if not form.is_valid():
        return None
    lessons.write_lesson(booking=booking, party=party or Party.VVSG, told=form.cleaned_data, seen=version)
    return _("Your text is kept. The other party is asked to agree.")


def _standing(found: SharedLesson | None, party: Party | None) -> dict[str, Any]:
    """Who agreed, seen from this party."""
    if found is None:
        return {"party": party, "mine": None, "theirs": None}
    consents = {party: getattr(found, field) for party, field in lessons.CONSENTS.items()}
    other = Party.EXPERT if party == Party.MUNICIPALITY else Party.MUNICIPALITY
    return {"party": party, "mine": consents.get(party) if party else None, "theirs": consents[other], "all": consents}
