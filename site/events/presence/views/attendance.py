"""The attendance list: for an organiser, or the expert who leads, with a phone in her hand at the door."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from events import programme
from events.models import EventPage, Registration, Session
from events.permissions import is_organiser
from events.presence import attendance, services, windows
from events.presence.forms import CodeForm
from events.presence.permissions import attendance_of
from events.registration.exceptions import RegistrationError
from people.permissions import signed_in

LONGEST_SEARCH = 60


@require_http_methods(["GET", "HEAD"])
@never_cache
def attendance_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is expected at one session; htmx gets the list alone, and nothing while it is as it was."""
    if not request.user.is_authenticated:
        return _to_login(request, request.get_full_path())
    event = attendance_of(request, pk)
    context = _context(request, event, _session_of(event, request.GET.get("sessie", "")), request.GET.get("q", ""))
    part = request.headers.get("HX-Target") == "attendance"
    if part and "stand" in request.GET and request.GET["stand"] == context.get("mark"):
        return HttpResponse(status=204)
    template = "events/presence/includes/attendance.html" if part else "events/presence/attendance.html"
    return render(request, template, context)


@require_POST
@never_cache
def attendance_note(request: HttpRequest, pk: int) -> HttpResponse:
    """One press on “present” or “absent”; or the rest absent. htmx gets the row and the counts."""
    if not request.user.is_authenticated:
        return _to_login(request, reverse("attendance", args=[pk]))
    event = attendance_of(request, pk)
    session = _session_of(event, request.POST.get("sessie", ""))
    if session is None:
        raise Http404
    if "rest" in request.POST:
        return _note_rest(request, event, session)
    present = "present" in request.POST
    row = _registration(event, request.POST.get("present" if present else "absent", ""))
    problem = ""
    try:
        services.note(registration=row, session=session, present=present, by=signed_in(request))
    except RegistrationError as error:
        problem = error.message
    if request.headers.get("HX-Request"):
        return _answer_row(request, event, session, row, problem)
    if problem:
        messages.error(request, f"{row.name}: {problem}")
    return redirect(f"{_address(event, session, request.POST.get('q', ''))}#r{row.pk}")


@require_POST
@never_cache
def attendance_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The six digits that somebody shows at the desk."""
    if not request.user.is_authenticated:
        return _to_login(request, reverse("attendance", args=[pk]))
    event = attendance_of(request, pk)
    session = _session_of(event, request.POST.get("sessie", ""))
    if session is None:
        raise Http404
    form = CodeForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    try:
        row = services.note_code(event=event, session=session, code=code, by=signed_in(request))
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        if row is None:
            messages.error(request, _("Nobody with a place has this code. Look for her name in the list."))
        else:
            messages.success(request, _("%(name)s is present.") % {"name": row.name})
    return redirect(_address(event, session))


def _to_login(request: HttpRequest, back: str) -> HttpResponse:
    """The whole page goes to the login, also when only a part was asked for."""
    answer = redirect_to_login(back)
    return HttpResponseClientRedirect(answer.url) if request.headers.get("HX-Request") else answer


def _note_rest(request: HttpRequest, event: EventPage, session: Session) -> HttpResponse:
    try:
        count = services.note_rest_absent(event=event, session=session, by=signed_in(request))
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        text = ngettext("%(count)d person is noted absent.", "%(count)d people are noted absent.", count)
        messages.success(request, text % {"count": count})
    return redirect(_address(event, session))


def _answer_row(
    request: HttpRequest, event: EventPage, session: Session, row: Registration, problem: str
) -> HttpResponse:
    found = attendance.rows_of(event, session, pk=row.pk)
    context = {
        "row": found[0] if found else attendance.Row(row, None),
        "is_gone": not found,
        "problem": problem,
        "session": session,
        "is_open": windows.is_open(session),
        "counts": attendance.counts_of(event, session),
        "announced": True,
    }
    return render(request, "events/presence/includes/noted.html", context)


def _registration(event: EventPage, pk: str) -> Registration:
    """Of this event, in whatever state: the service says what is not possible any more."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        raise Http404
    row = Registration.objects.select_related("event").filter(event=event, pk=int(pk), anonymised_at=None).first()
    if row is None:
        raise Http404
    return row


def _session_of(event: EventPage, pk: str) -> Session | None:
    """The one that is asked for, else the one that is at hand; None for an event without sessions."""
    sessions = programme.sessions_of(event)
    return next((one for one in sessions if str(one.pk) == pk), None) or windows.at_hand(sessions)


def _address(event: EventPage, session: Session, search: str = "") -> str:
    query = {"sessie": session.pk} | ({"q": search[:LONGEST_SEARCH]} if search else {})
    return f"{reverse('attendance', args=[event.pk])}?{urlencode(query)}"


def _context(request: HttpRequest, event: EventPage, session: Session | None, search: str) -> dict[str, Any]:
    search = search[:LONGEST_SEARCH].strip()
    context: dict[str, Any] = {"event": event, "session": session, "search": search}
    if session is None:
        return context
    running = getattr(event, "running", None)
    is_cancelled = running is not None and running.cancelled_at is not None
    sessions = programme.sessions_of(event)
    rows = attendance.rows_of(event, session, search=search)
    return {
        **context,
        "rows": rows,
        "mark": attendance.mark_of(rows),
        "address": _address(event, session, search),
        "counts": attendance.counts_of(event, session),
        "sessions": [(one, programme.time_in_words(one.starts_at, one.ends_at)) for one in sessions],
        "when": programme.time_in_words(session.starts_at, session.ends_at),
        "is_open": windows.is_open(session) and not is_cancelled,
        "is_cancelled": is_cancelled,
        "is_early": windows.opens_at(session) > timezone.now(),
        "opens_at": windows.opens_at(session),
        "has_begun": session.starts_at <= timezone.now(),
        "may_register": is_organiser(signed_in(request)) and session.ends_at > timezone.now(),
        "code_form": CodeForm(),
    }
