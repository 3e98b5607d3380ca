"""An administrator of VVSG who must enter a room says why; every member hears it at once, and it is never forgotten."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import MemberState
from events.intervision import mails, terms
from events.intervision.exceptions import IntervisionError, NotAllowed
from events.models import BrokenGlass, IntervisionGroup
from people.audit import record
from people.models import AuditAction, User


@transaction.atomic
def break_glass(*, group: IntervisionGroup, by: User, reason: str) -> BrokenGlass:
    """Opens the room to her alone, to read, for a short time. The audit log says when, the room's own log also why.

    As long as it is open to her nothing more happens: a second click mails nobody again.
    """
    found = IntervisionGroup.objects.select_for_update().get(pk=group.pk)
    if not (by.is_active and by.is_superuser) or found.emptied_at is not None:
        raise NotAllowed(_("You may not do this."))
    if found.members.filter(user=by, state=MemberState.ACTIVE).exists():
        raise NotAllowed(_("You are a member of this group."))
    reason = " ".join(reason.split())
    if len(reason) < terms.SHORTEST_REASON:
        raise IntervisionError(_("Say in a sentence why you must enter this room."))
    now = timezone.now()
    if (still_open := BrokenGlass.objects.filter(group=found, by=by, until__gt=now).first()) is not None:
        return still_open
    row = BrokenGlass.objects.create(group=found, by=by, reason=reason, at=now, until=now + terms.GLASS)
    record(AuditAction.GLASS_BROKEN, actor=by, about=found)
    mails.glass_broken(row)
    return row
