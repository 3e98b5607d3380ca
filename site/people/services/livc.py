"""The closed circle of a LIVC-R: granted by VVSG on the coordinator's word, confirmed every year, ended at once."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import mails
from people.models import LivcMembership, Membership, MembershipState, User
from people.rights import derive
from people.services.errors import MembershipError
from people.services.history import Kind, record

REMIND_BEFORE = datetime.timedelta(days=30)


def a_year_after(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _until(today: datetime.date, wanted: datetime.date | None) -> datetime.date:
    """The last day, never more than a year from today; raises MembershipError."""
    latest = a_year_after(today)
    until = wanted or latest
    if not today <= until <= latest:
        raise MembershipError(_("Choose a last day between today and a year from now."))
    return until


def _word(on_word_of: str) -> str:
    if not on_word_of.strip():
        raise MembershipError(_("Say on whose word: the LIVC-R coordinator, and when."))
    return on_word_of.strip()


@transaction.atomic
def grant(*, membership: Membership, on_word_of: str, by: User, until: datetime.date | None = None) -> LivcMembership:
    """Let an active member into the circle. Raises MembershipError."""
    today = timezone.localdate()
    found = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
    if found.state != MembershipState.ACTIVE:
        raise MembershipError(_("Only an active member of an organisation can belong to its LIVC-R."))
    past = LivcMembership.objects.not_ended().filter(membership=found, valid_until__lt=today)
    past.update(ended_on=today, end_reason=_("The last day has passed."))
    row = LivcMembership(
        membership=found,
        on_word_of=_word(on_word_of),
        granted_by=by,
        valid_from=today,
        confirmed_on=today,
        valid_until=_until(today, until),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise MembershipError(_("This person belongs to the LIVC-R already.")) from error
    record(found, Kind.LIVC, ("", f"granted until {row.valid_until}"), by=by, why=row.on_word_of)
    derive(found.user)
    mails.livc_granted(row)
    return row


def _open(row: LivcMembership) -> LivcMembership:
    found = LivcMembership.objects.select_for_update(of=("self",)).select_related("membership__user").get(pk=row.pk)
    if found.ended_on is not None:
        raise MembershipError(_("This has ended already. Grant it again if the coordinator asks for it."))
    return found


@transaction.atomic
def confirm(*, row: LivcMembership, on_word_of: str, by: User, until: datetime.date | None = None) -> LivcMembership:
    """The coordinator says that she still belongs to it: at most another year. Raises MembershipError."""
    found, today = _open(row), timezone.localdate()
    old = found.valid_until
    found.on_word_of, found.confirmed_on, found.valid_until = _word(on_word_of), today, _until(today, until)
    found.reminded_on = None
    found.save()
    change = (f"granted until {old}", f"granted until {found.valid_until}")
    record(found.membership, Kind.LIVC, change, by=by, why=found.on_word_of)
    derive(found.membership.user)
    return found


@transaction.atomic
def end(*, row: LivcMembership, by: User | None, reason: str) -> LivcMembership:
    """At once, in every session. Raises MembershipError."""
    found = _open(row)
    found.ended_on, found.ended_by, found.end_reason = timezone.localdate(), by, reason.strip()[:255]
    found.save()
    record(found.membership, Kind.LIVC, (f"granted until {found.valid_until}", "ended"), by=by, why=found.end_reason)
    derive(found.membership.user)
    mails.livc_ended(found)
    return found


def expire() -> int:
    """End what is past its last day. Can run twice: what has ended is left alone."""
    past = LivcMembership.objects.not_ended().filter(valid_until__lt=timezone.localdate())
    count = 0
    for row in past:
        try:
            end(row=row, by=None, reason=_("The last day has passed."))
            count += 1
        except MembershipError:  # another run was first
            continue
    return count


@transaction.atomic
def remind() -> int:
    """Once, a month before the last day: the coordinator has to say again that she belongs to it."""
    today = timezone.localdate()
    soon = (
        LivcMembership.objects.valid()
        .select_for_update(of=("self",))
        .filter(valid_until__lte=today + REMIND_BEFORE, reminded_on=None)
    )
    rows = list(soon.select_related("membership__user", "membership__organisation"))
    for row in rows:
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        mails.livc_ends_soon(row)
    return len(rows)
