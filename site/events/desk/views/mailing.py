"""Mail to participants: written, looked at as one of them gets it, sent, and followed."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.choices import RegistrationState
from events.desk.access import event_at_desk
from events.desk.forms.mailing import MailingForm
from events.desk.mailing import sending
from events.desk.mailing.recipients import recipients
from events.desk.mailing.words import PLACEHOLDERS
from events.desk.views import FORMS
from events.models import EventMailing, EventPage
from events.registration.exceptions import RegistrationError
from events.tasks import send_mailing
from people.models import User

STATES = dict(RegistrationState.choices)


@require_safe
@never_cache
def mailings(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sent what, when, to how many."""
    _user, event = event_at_desk(request, pk)
    counted = event.mailings.select_related("by").annotate(
        total=Count("recipients"), sent=Count("recipients", filter=Q(recipients__sent_at__isnull=False))
    )
    rows = [(row, _whom(row)) for row in counted]
    return render(request, "events/desk/mailings.html", {"event": event, "mailings": rows})


def _whom(mailing: EventMailing) -> str:
    states = ", ".join(str(STATES.get(state, state)) for state in mailing.states)
    return str(capfirst(f"{states}: {', '.join(mailing.sessions)}" if mailing.sessions else states))


@require_http_methods(FORMS)
@never_cache
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is sent before it was looked at: the button to send stands below the preview."""
    user, event = event_at_desk(request, pk)
    form = MailingForm(request.POST or None, event=event)
    context: dict[str, Any] = {"event": event, "form": form, "placeholders": PLACEHOLDERS.items()}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "send":
            return _send(request, event, form, user)
        if request.POST.get("step") != "change":
            context["preview"] = _preview(event, form.cleaned_data)
    return render(request, "events/desk/write.html", context, status=422 if form.errors else 200)


def _preview(event: EventPage, data: dict[str, Any]) -> dict[str, Any]:
    """As the first of them gets it."""
    found = recipients(event, data["states"], [one.pk for one in data.get("sessions") or ()])
    if not found:
        return {"number": 0}
    found[0].event = event
    return {"number": len(found), "to": found[0], **sending.as_read(found[0], data["subject"], data["text"])}


def _send(request: HttpRequest, event: EventPage, form: MailingForm, by: User) -> HttpResponse:
    data = form.cleaned_data
    told = {name: data[name] for name in ("uid", "subject", "text", "states")}
    try:
        mailing = sending.begin(event=event, by=by, sessions=data.get("sessions") or (), **told)
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        number = mailing.recipients.count()
        text = ngettext("The mail goes to %(number)d person.", "The mail goes to %(number)d people.", number)
        messages.success(request, text % {"number": number})
    return redirect("event_desk:mailings", event.pk)


@require_POST
def go_on(request: HttpRequest, pk: int, mailing_id: int) -> HttpResponse:
    """Takes up a mailing that was interrupted; nobody gets it twice."""
    _user, event = event_at_desk(request, pk)
    mailing = get_object_or_404(EventMailing, event=event, pk=mailing_id)
    send_mailing.enqueue(mailing.pk)
    messages.success(request, _("Whoever did not get the mail yet gets it now."))
    return redirect("event_desk:mailings", pk)
