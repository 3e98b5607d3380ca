"""Passing what somebody answers for to others: because she leaves, or because a colleague takes it on."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people import holdings, mails
from people.holdings import Holding
from people.models import Membership, Organisation, User
from people.rights import possible_stewards, stewards_within
from people.services.errors import MembershipError, SuccessorNeededError
from people.services.history import Kind, record

Shares = dict[User, list[Holding]]


def share_out(held: Iterable[Holding], everything_to: User | None, successors: Mapping[str, User]) -> Shares:
    """Who takes what: the successor named for one thing, else the one for everything; the rest stays with her."""
    shares: Shares = {}
    for holding in held:
        new = successors.get(holding.name) or everything_to
        if new is not None:
            shares.setdefault(new, []).append(holding)
    return shares


def check_successors(user: User, shares: Shares) -> None:
    """Raises SuccessorNeededError for who cannot keep something."""
    able = set(possible_stewards().filter(pk__in=[new.pk for new in shares]).values_list("pk", flat=True))
    for new in shares:
        if new.pk == user.pk or new.pk not in able:
            raise _unable(new)


def _unable(new: User) -> SuccessorNeededError:
    return SuccessorNeededError(_("%(person)s cannot take this over. Choose somebody else.") % {"person": new})


def pass_on(membership: Membership, shares: Shares, *, by: User, leaves: bool) -> None:
    """Make the new ones answer for it, with a line in the history of this membership and a mail to each."""
    holdings.hand_over(shares, old=membership.user, by=by)
    for new, share in shares.items():
        titles = "; ".join(holding.title for holding in share)
        record(membership, Kind.STEWARDSHIP, (str(membership.user), str(new)), by=by, why=titles)
        mails.taken_over(new, membership.user, share, leaves=leaves)


@transaction.atomic
def hand_over(*, user: User, everything_to: User | None = None, successors: Mapping[str, User] | None = None) -> Shares:
    """She passes what she answers for to colleagues of her own, and stays. Answers who got what.

    Raises SuccessorNeededError for who is no colleague, MembershipError when nobody is named.
    """
    shares = share_out(holdings.held_by(user), everything_to, successors or {})
    if not shares:
        raise MembershipError(_("Choose who takes over, for everything or for one thing."))
    check_successors(user, shares)
    for new, share in shares.items():
        membership = _in_common(user, new)
        if membership is None:
            raise _unable(new)
        pass_on(membership, {new: share}, by=user, leaves=False)
    return shares


def colleagues_of(user: User) -> "QuerySet[User]":
    """Who can take something over from her: members of an organisation of hers."""
    mine = Membership.objects.active().filter(user=user)
    return stewards_within(Organisation.objects.filter(pk__in=mine.values("organisation"))).exclude(pk=user.pk)


def _in_common(user: User, colleague: User) -> Membership | None:
    theirs = Membership.objects.active().filter(user=colleague).values("organisation")
    mine = Membership.objects.active().filter(user=user, organisation__in=theirs)
    return mine.select_related("user", "organisation").first()
