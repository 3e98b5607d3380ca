"""The mail that follows an event; templates: `events/presence/email/`."""

from django.contrib.auth.models import AnonymousUser

from core.mail.services import post
from events.choices import RegistrationState
from events.models import EventPage, EventPrivate, Registration
from events.presence.links import Purpose, url_for
from events.registration.links import page_url
from people.audiences import may_see

TEMPLATES = {
    RegistrationState.PRESENT: "thanks",
    RegistrationState.ABSENT: "missed",
    RegistrationState.REGISTERED: "over",  # nobody noted whether she was there
}


def afterwards(row: Registration) -> None:
    """Thanks with the certificate and the questions; or, to whoever was not there, where the materials are."""
    if not row.email:
        return
    state = RegistrationState(row.state)
    context = {
        "event": row.event,
        "name": row.name,
        "url": page_url(row),
        "materials_url": _materials_url(row),
        "contact": EventPrivate.objects.filter(event=row.event).values_list("contact_email", flat=True).first() or "",
    }
    if state == RegistrationState.PRESENT:
        context["certificate_url"] = url_for(Purpose.CERTIFICATE, row)
        context["evaluation_url"] = url_for(Purpose.EVALUATION, row)
    post(template=f"events/presence/email/{TEMPLATES[state]}", to=row.email, context=context)


def _materials_url(row: Registration) -> str:
    """The page of the event, where there is something to find and she may open it."""
    event: EventPage = row.event
    if not event.live or not may_see(event, row.user or AnonymousUser()):
        return ""
    has_materials = event.recording_url or event.looking_back or event.learnt or event.materials.exists()
    return str(event.full_url) if has_materials else ""
