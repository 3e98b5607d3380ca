"""Accepting the rules in one's own name, as one would sign a paper: loosely compared, so that accents, order and a
middle name do not matter."""

import unicodedata

from django.utils import timezone
from django.utils.translation import gettext as _

from events.intervision.exceptions import IntervisionError, Stale
from events.models import GroupMember, IntervisionGroup
from people.models import User


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return set("".join(letter if letter.isalnum() else " " for letter in plain.casefold()).split())


def is_name_of(user: User, name: str) -> bool:
    """Every word of the name of her account is there; of an account without a name, at least two words."""
    own, typed = _words(user.get_full_name()), _words(name)
    return own <= typed if own else len(typed) >= 2


def sign(member: GroupMember, group: IntervisionGroup, name: str, seen: int) -> None:
    """Note who accepted which rules; not saved. Raises Stale when they changed since she read them."""
    if seen != group.rules_version:
        raise Stale(_("The rules changed in the meantime. Read them again, then decide."))
    if member.user is None or not is_name_of(member.user, name):
        raise IntervisionError(_("Type your name in full, as it stands in your account."))
    member.accepted_name = " ".join(name.split())[:150]
    member.accepted_version, member.accepted_rules_at = group.rules_version, timezone.now()
