"""What is set of an event besides its page: places, the online link, links for guests."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.mail.services import absolute_url
from events.desk import guest_links, moving
from events.desk.access import event_at_desk
from events.desk.forms.event import CapacityForm, PrivateForm
from events.desk.forms.guests import GuestForm
from events.desk.views import FORMS
from events.models import EventPrivate, GuestLink
from events.registration.exceptions import RegistrationError


@require_POST
def capacity(request: HttpRequest, pk: int) -> HttpResponse:
    user, event = event_at_desk(request, pk)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        why = " ".join(str(error) for rows in form.errors.values() for error in rows)
        messages.error(request, _("Nothing was changed: %(why)s") % {"why": why})
        return redirect("event_desk:event", pk)
    try:
        state = moving.set_places(event=event, by=user, **form.cleaned_data)
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The event has %(number)s places now.") % {"number": state.capacity})
    return redirect("event_desk:event", pk)


@require_http_methods(FORMS)
@never_cache
@transaction.atomic
def private(request: HttpRequest, pk: int) -> HttpResponse:
    _user, event = event_at_desk(request, pk)
    rows = EventPrivate.objects.select_for_update() if request.method == "POST" else EventPrivate.objects.all()
    held = rows.filter(event=event).first() or EventPrivate(event=event)
    form = PrivateForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("It is saved. Participants see it with their registration."))
        return redirect("event_desk:event", pk)
    return render(
        request, "events/desk/private.html", {"event": event, "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(FORMS)
@never_cache
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """The links, who uses them, and a new one."""
    user, event = event_at_desk(request, pk)
    form = GuestForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        if form.is_first_time():
            data = form.cleaned_data
            guest_links.make(event=event, label=data["label"], places=data["places"], until=data["until"], by=user)
            messages.success(request, _("The link is there: copy it into your mail."))
        return redirect("event_desk:guests", pk)
    links = [(row, absolute_url("event_register_guest", row.token)) for row in guest_links.links_of(event)]
    context = {"event": event, "form": form, "links": links, "now": timezone.now()}
    return render(request, "events/desk/guests.html", context, status=422 if form.errors else 200)


@require_POST
def revoke_guest(request: HttpRequest, pk: int, link_id: int) -> HttpResponse:
    _user, event = event_at_desk(request, pk)
    if guest_links.revoke(get_object_or_404(GuestLink, event=event, pk=link_id)):
        messages.success(request, _("The link does not work any more. Who registered with it stays registered."))
    return redirect("event_desk:guests", pk)
