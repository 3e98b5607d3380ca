"""What happens to an event besides its text. Kept beside the page, so that no revision brings it back."""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import MailingKind
from events.models.pages import EventPage, Session


def token() -> str:
    """Part of an address that nobody can guess: 192 bits."""
    return secrets.token_urlsafe(24)


class EventState(models.Model):
    """Seats, cancellation and what participants were told last. Its row is the lock of everything about seats.

    `capacity` is never below `taken`: an organiser who wants fewer seats than are taken gets them as people cancel.
    """

    event = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="running")
    wanted = models.PositiveIntegerField(default=0, help_text="The capacity that the page asks for.")
    capacity = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.TextField(_("why it does not take place"), blank=True)
    announced = models.JSONField(default=list, help_text="What participants know of the sessions: one dict for each.")
    sequence = models.PositiveIntegerField(default=0, help_text="Of the invitations, as in RFC 5545.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    link_sent_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        permissions = (("manage_events", _("Can organise events: registrations, attendance, mail")),)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("capacity")), name="event_never_overfull"),
        ]


class SessionSeats(models.Model):
    """The seats of a session that one chooses. Changed under the lock of the event's `EventState`."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="seats")
    capacity = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("capacity")), name="session_never_overfull"),
        ]


class EventPrivate(models.Model):
    """For registered people and organisers alone."""

    event = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="private")
    online_link = models.URLField(
        _("link to take part online"), blank=True, max_length=500, help_text=_("Only for whoever has a place.")
    )
    practical = models.TextField(
        _("practical, for participants"), blank=True, help_text=_("In the confirmation: parking, entrance, contact.")
    )
    contact_email = models.EmailField(_("e-mail address for questions"), blank=True)
    contact_phone = models.CharField(_("telephone on the day"), max_length=40, blank=True)
    notes = models.TextField(_("notes of the organisers"), blank=True)

    class Meta:
        default_permissions = ()


class GuestLink(models.Model):
    """Lets invited outsiders register, who have no account or no membership. Shows a closed event to whoever has it."""

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="guest_links")
    token = models.CharField(max_length=40, unique=True, default=token)
    label = models.CharField(_("for whom"), max_length=120)
    places = models.PositiveSmallIntegerField(_("how many may use it"), default=1)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ("-made_at",)


class NextEditionWish(models.Model):
    """Who wants to hear of the next edition. With an account, or by an address that confirmed by mail."""

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="next_edition_wishes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="next_edition_wishes"
    )
    email = models.EmailField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_of = models.ForeignKey(EventPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("event", Lower("email"), name="next_edition_wished_once"),
        ]


class PersonalFeed(models.Model):
    """The secret of somebody's own calendar feed of what she takes part in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_feed")
    token = models.CharField(max_length=40, unique=True, default=token)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()


class EventMailing(models.Model):
    """A mail to many: an organiser's, or about what happened. Recipients are fixed first; it can be taken up again."""

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="mailings")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=MailingKind, default=MailingKind.WRITTEN)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"))
    states = models.JSONField(default=list)
    sessions = models.JSONField(default=list, help_text="Titles of the sessions whose participants get it; none: all.")
    before = models.JSONField(default=list, help_text="Of a change: the sessions as people knew them.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-created_at", "-pk")
