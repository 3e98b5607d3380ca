"""Where a participant types her own code on the day. It answers the same for every event and every wrong code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import programme
from events.models import EventPage
from events.presence import services
from events.presence.forms import CodeForm
from events.registration.exceptions import RegistrationError
from people.throttle import Throttle

GUESSES = Throttle("attendance")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Says nothing of the event: who has no code learns not even whether there is one."""
    if GUESSES.is_shut(request, pk):
        return render(request, "429.html", status=429)
    form = CodeForm(request.POST or None)
    when, status = "", 200
    if request.method == "POST":
        if form.is_valid():
            when = _note(pk, form.cleaned_data["code"])
        if not when:
            GUESSES.note(request, pk)
            status = 422
    context = {"form": form, "when": when, "is_wrong": status == 422}
    response = render(request, "events/presence/own_code.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


def _note(pk: int, code: str) -> str:
    """The session at which she is present now, in words; empty for whatever is wrong."""
    event = EventPage.objects.filter(pk=pk).first()
    if event is None:
        return ""
    try:
        session = services.note_own_code(event=event, code=code)
    except RegistrationError:
        return ""
    return programme.time_in_words(session.starts_at, session.ends_at) if session else ""
