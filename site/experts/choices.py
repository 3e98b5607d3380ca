"""The words of the expert pool that are fixed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DayPart(models.TextChoices):
    """The unit in which an expert is booked (DESIGN.md, words). In the order of the day."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")


class ExpertKind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class OfferKind(models.TextChoices):
    ADVICE = "advice", _("advice")
    TRAINING = "training", _("training")
    INTERVISION = "intervision", _("guided intervision")
    CASE = "case", _("case consultation")
    TALK = "talk", _("talk")
    LIVC = "livc", _("LIVC-R coaching")


class Language(models.TextChoices):
    DUTCH = "nl", _("Dutch")
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")


class Place(models.TextChoices):
    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")


class BookingState(models.TextChoices):
    """Where a booking stands. Passing on to another expert and moving to another day are actions in its history."""

    DRAFT = "draft", pgettext_lazy("booking", "draft")
    APPROVAL = "approval", pgettext_lazy("booking", "waits for approval")
    REQUESTED = "requested", pgettext_lazy("booking", "requested")
    TREATMENT = "treatment", pgettext_lazy("booking", "being treated")
    PROPOSED = "proposed", pgettext_lazy("booking", "proposed to the expert")
    ACCEPTED = "accepted", pgettext_lazy("booking", "accepted")
    CONFIRMED = "confirmed", pgettext_lazy("booking", "confirmed")
    MOVING = "moving", pgettext_lazy("booking", "being moved")
    DELIVERED = "delivered", pgettext_lazy("booking", "delivered")
    EVALUATED = "evaluated", pgettext_lazy("booking", "evaluated")
    CLOSED = "closed", pgettext_lazy("booking", "closed")
    REFUSED = "refused", pgettext_lazy("booking", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("booking", "withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("booking", "cancelled")
    EXPIRED = "expired", pgettext_lazy("booking", "expired")


class Party(models.TextChoices):
    """Who is to move, or who moved."""

    MUNICIPALITY = "municipality", _("the municipality")
    DECIDER = "decider", _("the decision maker")
    VVSG = "vvsg", _("VVSG")
    EXPERT = "expert", _("the expert")
    NOBODY = "nobody", _("nobody")


OVER = (
    BookingState.CLOSED,
    BookingState.WITHDRAWN,
    BookingState.CANCELLED,
    BookingState.EXPIRED,
)
"""States in which nothing more happens. REFUSED is not among them: VVSG looks for another expert or closes."""

UNDECIDED = (
    BookingState.REQUESTED,
    BookingState.TREATMENT,
    BookingState.PROPOSED,
    BookingState.ACCEPTED,
    BookingState.REFUSED,
)
"""Asked, and not agreed yet: counts as held in quota and budget."""

AGREED = (BookingState.CONFIRMED, BookingState.MOVING)
DONE = (BookingState.DELIVERED, BookingState.EVALUATED, BookingState.CLOSED)


class Answer(models.TextChoices):
    """What an expert answered to being asked for a booking."""

    WAITING = "waiting", pgettext_lazy("answer", "not answered yet")
    ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
    REFUSED = "refused", pgettext_lazy("answer", "refused")
    GONE = "gone", pgettext_lazy("answer", "no longer asked")


class RefusalReason(models.TextChoices):
    """Why an expert says no. Want of time is what the pool's capacity is measured by."""

    NO_TIME = "no_time", _("no time on these days")
    NO_CAPACITY = "no_capacity", _("no capacity left")
    NOT_MY_FIELD = "not_my_field", _("not my field")
    TOO_FAR = "too_far", _("too far")
    CONFLICT = "conflict", _("conflict of interest")
    OTHER = "other", _("another reason")
