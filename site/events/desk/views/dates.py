"""Copying an event, making a series of it, moving it and cancelling it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import programme
from events.choices import ACTIVE, COMING, RegistrationState
from events.desk import copying, dates, moving
from events.desk.access import event_at_desk
from events.desk.forms.dates import CancelForm, CopyForm, DaysFormSet, MoveForm, RuleForm, session_forms
from events.desk.once import OnceForm
from events.desk.overview import DRAFTS, with_state
from events.desk.views import FORMS
from events.models import EventPage
from events.registration.exceptions import RegistrationError
from people.models import User


@require_http_methods(FORMS)
@never_cache
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    user, event = event_at_desk(request, pk)
    form = CopyForm(request.POST or None, initial={"title": event.title})
    if request.method == "POST" and form.is_valid():
        if not form.is_first_time():
            return _done_already(request, pk)
        told = {name: form.cleaned_data[name] for name in ("title", "first", "is_edition")}
        made = copying.copy_event(source=event, by=user, series=event.series, **told)
        messages.success(request, _("The copy is there, as a draft. Look it through, then publish it."))
        return redirect("event_desk:event", made.pk)
    context = {"event": event, "form": form, "sessions": programme.sessions_of(event)}
    return render(request, "events/desk/copy.html", context, status=422 if form.errors else 200)


def _done_already(request: HttpRequest, pk: int) -> HttpResponse:
    messages.warning(request, _("This form was sent already: nothing was done twice."))
    return redirect("event_desk:event", pk)


@require_http_methods(FORMS)
@never_cache
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule stands in the address and shows its days; each can be changed before the copies are made."""
    user, event = event_at_desk(request, pk)
    first, sent = copying.first_day(event), request.POST or None
    form = RuleForm(request.GET if "every" in request.GET else None)
    rule = form.rule(first) if first is not None and form.is_valid() else None
    context: dict[str, Any] = {"event": event, "first": first, "form": form}
    if first is not None and rule is not None:
        days = DaysFormSet(sent, initial=[{"keep": True, "day": day} for day in form.days(first)])
        once = OnceForm(sent)
        if sent and days.is_valid() and once.is_valid():
            if not once.is_first_time():
                return _done_already(request, pk)
            return _make_series(request, event, rule, days, user)
        context |= {"days": days, "once": once, "words": rule.in_words, "lines": _lines(days)}
    return render(request, "events/desk/series.html", context, status=422 if form.errors or sent else 200)


def _make_series(request: HttpRequest, event: EventPage, rule: dates.Rule, days: Any, by: User) -> HttpResponse:
    made = copying.make_series(source=event, rule=rule, days=days.days, by=by)
    text = ngettext("%(number)d copy is there, as a draft.", "%(number)d copies are there, as drafts.", len(made))
    messages.success(request, text % {"number": len(made)})
    return redirect(f"{reverse('event_desk:overview')}?toon={DRAFTS}")


def _lines(days: Any) -> list[tuple[Any, str]]:
    """Each day with why one might not want it."""
    shown = [
        (form, (form.cleaned_data if form.is_bound and form.is_valid() else form.initial).get("day")) for form in days
    ]
    return [(form, dates.warning_of(day) if day else "") for form, day in shown]


@require_http_methods(FORMS)
@never_cache
def move(request: HttpRequest, pk: int) -> HttpResponse:
    user, event = event_at_desk(request, pk)
    sent = request.POST or None
    form = MoveForm(sent, initial={"seen": event.latest_revision_id or 0})
    sessions = session_forms(event, sent)
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in sessions)]):
        new = {one.instance.pk: one.new_time for one in sessions}
        try:
            moving.move(event=event, sessions=new, by=user, **form.cleaned_data)
        except RegistrationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The event is moved. Participants get a mail with what changed."))
            return redirect("event_desk:event", pk)
    number = event.registrations.filter(state__in=COMING).count()
    context = {"event": event, "form": form, "sessions": sessions, "number": number}
    return render(request, "events/desk/move.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(FORMS)
@never_cache
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what will happen to how many people; it cannot be undone."""
    user, event = event_at_desk(request, pk)
    with_state([event])
    form = CancelForm(request.POST or None, initial={"seen": event.latest_revision_id or 0})
    if request.method == "POST" and form.is_valid():
        try:
            moving.cancel(event=event, by=user, **form.cleaned_data)
        except RegistrationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The event is cancelled. Everybody who was registered or waited gets a mail."))
            return redirect("event_desk:event", pk)
    states = event.registrations.filter(state__in=ACTIVE).order_by().values_list("state").annotate(number=Count("pk"))
    counts: dict[str, int] = dict(states)
    context = {
        "event": event,
        "form": form,
        "coming": sum(counts.get(state, 0) for state in COMING),
        "waiting": counts.get(RegistrationState.WAITING, 0) + counts.get(RegistrationState.OFFERED, 0),
        "cancelled": event.running.cancelled_at is not None,
    }
    return render(request, "events/desk/cancel.html", context, status=422 if form.errors else 200)
