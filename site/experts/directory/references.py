"""References: entered by the expert or VVSG, shown once the referee confirmed them, and asked for again every year."""

import datetime
from typing import TYPE_CHECKING

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.mail.services import absolute_url, post
from experts.models import ExpertReference

if TYPE_CHECKING:
    from experts.models import ExpertPage

VALID = datetime.timedelta(days=365)  # after a confirmation
EARLY = datetime.timedelta(days=30)  # before it ends, she is asked again
PAUSE = datetime.timedelta(days=14)  # between two mails
LINK = datetime.timedelta(days=60)  # a link works so long
MAILS = 3  # a question and two reminders
SALT = "experts.reference"


def confirmed(expert: "ExpertPage") -> QuerySet[ExpertReference]:
    """Those that visitors see: confirmed within the year, and not refused since."""
    valid = timezone.localdate() - VALID
    return ExpertReference.objects.filter(expert=expert, confirmed_on__gt=valid, refused_on=None)


def to_ask(today: datetime.date) -> QuerySet[ExpertReference]:
    """Those whose referee has to be asked, for the first time or again: at most two reminders, then silence."""
    old = Q(confirmed_on=None) | Q(confirmed_on__lte=today - VALID + EARLY)
    rested = Q(asked_at=None) | Q(asked_at__lt=timezone.now() - PAUSE)
    living = Q(expert__live=True) & (Q(expert__pool_until=None) | Q(expert__pool_until__gte=today))
    found = ExpertReference.objects.filter(old, rested, living, refused_on=None, asked_times__lt=MAILS)
    return found.select_related("expert").order_by("pk")


@transaction.atomic
def enter(*, expert: "ExpertPage", **fields: str) -> ExpertReference:
    """Note a reference and ask the referee at once."""
    reference = ExpertReference.objects.create(expert=expert, **fields)
    ask(reference=reference)
    return reference


@transaction.atomic
def ask(*, reference: ExpertReference) -> bool:
    """Mail the referee a link; false where she was asked often enough or just now."""
    locked = ExpertReference.objects.select_for_update().select_related("expert").get(pk=reference.pk)
    recent = locked.asked_at is not None and locked.asked_at > timezone.now() - PAUSE
    if recent or locked.asked_times >= MAILS or locked.refused_on:
        return False
    locked.asked_at, locked.asked_times = timezone.now(), locked.asked_times + 1
    locked.save(update_fields=["asked_at", "asked_times"])
    post(
        template="experts/directory/email/reference",
        to=locked.referee_email,
        context={
            "reference": locked,
            "again": locked.confirmed_on is not None,
            "reminder": locked.asked_times > 1,
            "days": LINK.days,
            "url": absolute_url("expert_reference", token_of(locked)),
        },
    )
    return True


@transaction.atomic
def answer(*, reference: ExpertReference, is_right: bool) -> None:
    """What the referee says. Saying it twice changes nothing; a later no takes the reference off the page."""
    locked = ExpertReference.objects.select_for_update().get(pk=reference.pk)
    today = timezone.localdate()
    locked.confirmed_on, locked.refused_on = (today, None) if is_right else (locked.confirmed_on, today)
    locked.asked_times = 0 if is_right else locked.asked_times
    locked.save(update_fields=["confirmed_on", "refused_on", "asked_times"])


def token_of(reference: ExpertReference) -> str:
    """For the link in a mail: of this reference, for this address, and for nothing else."""
    return signing.dumps([reference.pk, reference.referee_email], salt=SALT)


def reference_of(token: str) -> ExpertReference | None:
    """Nothing for a link that is forged, too old, or of a referee who is not asked any more."""
    try:
        pk, email = signing.loads(token, salt=SALT, max_age=LINK)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ExpertReference.objects.select_related("expert").filter(pk=pk, referee_email=email).first()


def ask_again(today: datetime.date | None = None) -> int:
    """Ask every referee whose turn it is; answers how many mails were written. Can run any number of times."""
    return sum(ask(reference=reference) for reference in to_ask(today or timezone.localdate()))
