"""The personal feed: what somebody takes part in, for her own calendar program, at an address that is a secret."""

import datetime
import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from core.calendar_files import CONTENT_TYPE, CalendarEvent, Method, Status, calendar
from core.mail.services import absolute_url, site_title
from events.choices import SEATED
from events.choices import RegistrationState as State
from events.models import PersonalFeed, Registration
from events.models.running import token
from events.registration import invitations
from people.models import User
from people.permissions import signed_in

SECRET = re.compile(r"[A-Za-z0-9_-]{24,40}")
PAST = datetime.timedelta(days=90)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Its address; with POST it gets a new one, and the old one answers nobody any more."""
    feed, _made = PersonalFeed.objects.get_or_create(user=signed_in(request))
    if request.method == "POST":
        feed.token, feed.made_at = token(), timezone.now()
        feed.save(update_fields=["token", "made_at"])
        messages.success(request, _("Your calendar feed has a new address. The old one no longer works."))
        return redirect("my_calendar")
    return render(
        request, "events/registration/my_calendar.html", {"feed_url": absolute_url("personal_feed", feed.token)}
    )


@require_safe
@sensitive_variables("secret")
def personal_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Without signing in: calendar programs cannot. Kept by nobody but the reader."""
    if not SECRET.fullmatch(secret):
        raise Http404
    feed = get_object_or_404(PersonalFeed.objects.select_related("user"), token=secret, user__is_active=True)
    text = calendar(events_of(feed.user), method=Method.PUBLISH, name=site_title())
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = 'inline; filename="vorming.ics"'
    return response


def events_of(user: User) -> list[CalendarEvent]:
    """Under the UIDs of the invitations; a place that is offered is tentative. No online link: feeds are shared."""
    since = timezone.now() - PAST
    rows = Registration.objects.filter(user=user, state__in=SEATED, event__sessions__ends_at__gt=since)
    found: list[CalendarEvent] = []
    for row in rows.select_related("event").distinct():
        status = Status.TENTATIVE if row.state == State.OFFERED else Status.CONFIRMED
        found += invitations.entries(row, status=status)
    return found
