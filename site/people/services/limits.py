"""How many invitations somebody sends, and an address gets, in a day: nobody floods a mailbox from here.

Counted in the cache that all workers share, as the limits of login are, by one transaction at a time.
"""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Invitation, User
from people.services.errors import MembershipError

A_DAY = 24 * 60 * 60


class TooManyError(MembershipError):
    """The limit of today; nothing was sent."""


def _key(kind: str, whose: str) -> str:
    return f"invited:{kind}:{timezone.localdate():%Y%m%d}:{hashlib.sha256(whose.encode()).hexdigest()}"


def one_at_a_time() -> None:
    """Until this transaction ends nobody else counts. Whoever locks an invitation as well calls this first."""
    counting = ContentType.objects.get_for_model(Invitation)  # a row that is always there
    ContentType.objects.select_for_update(no_key=True).get(pk=counting.pk)


def take_invitations(*, by: User, emails: Sequence[str]) -> None:
    """Count these, or raise TooManyError and count none. Only in a transaction. Settings: INVITATION_LIMITS."""
    limits = settings.INVITATION_LIMITS
    if not limits:
        return
    one_at_a_time()
    mine, theirs = _key("by", str(by.pk)), [_key("to", email) for email in emails]
    counts = cache.get_many([mine, *theirs])
    if counts.get(mine, 0) + len(emails) > limits["inviter"]:
        text = ngettext(
            "You can send %(count)d invitation a day. Try again tomorrow, or ask VVSG.",
            "You can send %(count)d invitations a day. Try again tomorrow, or ask VVSG.",
            limits["inviter"],
        )
        raise TooManyError(text % {"count": limits["inviter"]})
    full = [email for email, key in zip(emails, theirs, strict=True) if counts.get(key, 0) >= limits["address"]]
    if full:
        text = _("Enough invitations went to this address today: %(addresses)s. Leave it out, or try again tomorrow.")
        raise TooManyError(text % {"addresses": ", ".join(full[:5])})
    now = {mine: counts.get(mine, 0) + len(emails)} | {key: counts.get(key, 0) + 1 for key in theirs}
    cache.set_many(now, A_DAY)
