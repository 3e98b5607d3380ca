"""What “My page” says about what somebody takes part in, and which place waits for her answer."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import RegistrationState as State
from events.models import EventIndexPage
from events.registration import answers, querysets, words
from events.registration.querysets import entries
from people import my_page
from people.my_page import Asked, Section
from people.permissions import signed_in

SHOWN = 5


def my_registrations(request: HttpRequest) -> dict[str, Any] | None:
    """The first ones to come; left out before there is a calendar of events."""
    index = EventIndexPage.objects.live().first()
    if index is None:
        return None
    mine = querysets.of_user(signed_in(request))
    found = [*querysets.waiting(mine)[:SHOWN], *querysets.upcoming(mine)[:SHOWN]]
    return {"entries": entries(found), "index": index}


def asked_of_me(request: HttpRequest) -> list[Asked]:
    """A place that is held for her, and questions that were left for her."""
    mine = querysets.of_user(signed_in(request)).order_by("starts", "pk")
    offered = mine.filter(state=State.OFFERED, held_until__gt=timezone.now())
    asked = [
        Asked(
            _("Take or decline your place before %(moment)s: %(event)s")
            % {"moment": words.moment(row.held_until), "event": row.event.title},
            reverse("registration", args=[row.uid]),
        )
        for row in offered
        if row.held_until is not None
    ]
    by_others = querysets.upcoming(mine).exclude(registered_by=None)
    return asked + [
        Asked(
            _("Answer the questions of the organiser: %(event)s") % {"event": row.event.title},
            reverse("registration_step", args=[row.uid, "wijzigen"]),
        )
        for row in by_others
        if answers.unanswered(row)
    ]


def connect() -> None:
    section = Section(order=40, template="events/registration/includes/my_registrations.html", context=my_registrations)
    my_page.register(section)
    my_page.ask("registrations", asked_of_me)
