"""The words of events that are fixed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    TRAINING = "training", pgettext_lazy("event", "training")
    STUDY_DAY = "study_day", _("study day")
    WEBINAR = "webinar", _("webinar")
    INTERVISION = "intervision", _("intervision")
    SITE_VISIT = "site_visit", _("site visit")
    LEARNING_NETWORK = "learning_network", _("learning network")


class Attendance(models.TextChoices):
    """How one takes part."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site or online")


class OpenTo(models.TextChoices):
    """Who may register; the audience of the page and the roles that the editor chose narrow it further."""

    ACCOUNTS = "accounts", _("everybody with an account")
    MEMBERS = "members", _("members of an organisation")
    LIVC_R = "livc_r", _("members of the LIVC-R")


class QuestionKind(models.TextChoices):
    SHORT = "short", _("one line")
    LONG = "long", _("several lines")
    CHOICE = "choice", _("one of several answers")
    SEVERAL = "several", _("one or more of several answers")
    YES_NO = "yes_no", _("yes or no")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("registration", "registered")
    WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("registration", "seat offered")
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "cancelled by the participant")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled by the organiser")
    PRESENT = "present", pgettext_lazy("registration", "present")
    ABSENT = "absent", pgettext_lazy("registration", "absent")


SEATED = (
    RegistrationState.REGISTERED,
    RegistrationState.OFFERED,
    RegistrationState.PRESENT,
    RegistrationState.ABSENT,
)
"""States that hold a seat."""

COMING = (RegistrationState.REGISTERED, RegistrationState.PRESENT, RegistrationState.ABSENT)
"""States of somebody who has a place for sure: gets the online link and the mails to participants."""

ACTIVE = (*SEATED, RegistrationState.WAITING)
"""States in which the same address cannot register once more."""


class MailingKind(models.TextChoices):
    """What a mail to many of an event is about."""

    WRITTEN = "written", _("written by an organiser")
    CHANGED = "changed", _("change of the programme")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled by the organiser")


class Method(models.TextChoices):
    """How an intervision group works through what is brought in."""

    INCIDENT = "incident", _("incident method")
    BALINT = "balint", _("Balint method")
    GOSSIP = "gossip", _("gossip method")
    APPRECIATIVE = "appreciative", _("appreciative inquiry")
    FIVE_STEPS = "five_steps", _("five-step method")
    OTHER = "other", _("another method")


class Part(models.TextChoices):
    """What somebody is in an intervision group."""

    FACILITATOR = "facilitator", _("facilitator")
    MEMBER = "member", _("member")


class MemberState(models.TextChoices):
    INVITED = "invited", pgettext_lazy("intervision", "invited")
    ASKED = "asked", pgettext_lazy("intervision", "asked to join")
    ACTIVE = "active", pgettext_lazy("intervision", "member")
    LEFT = "left", pgettext_lazy("intervision", "left")
    REFUSED = "refused", pgettext_lazy("intervision", "did not join")
