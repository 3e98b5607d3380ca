"""To whom a party's mail goes."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Site

from core.models import SiteSettings
from experts.models import Booking, ExpertPage, ExpertPrivate
from people.models import Membership, Role, User

AT_MOST = 10


class Recipient(NamedTuple):
    """An address, with the account behind it where there is one."""

    email: str
    name: str
    user: User | None = None
    at_desk: bool = False  # VVSG: what it has to do is done at its desk


def of_user(user: User) -> Recipient:
    return Recipient(user.email, user.get_short_name(), user)


def vvsg_address() -> str:
    """VVSG's own mailbox; empty when none is set."""
    site = Site.objects.filter(is_default_site=True).first()
    return str(SiteSettings.for_site(site).contact_email) if site is not None else ""


def vvsg() -> list[Recipient]:
    """The mailbox, else whoever treats bookings: by group or by name, not because she may do everything."""
    if address := vvsg_address():
        return [Recipient(address, "", at_desk=True)]
    named = Q(groups__permissions__codename="manage_bookings") | Q(user_permissions__codename="manage_bookings")
    users = User.objects.filter(named, is_active=True).distinct().order_by("pk")[:AT_MOST]
    return [of_user(user)._replace(at_desk=True) for user in users]


def deciders(booking: Booking) -> list[Recipient]:
    rows = Membership.objects.active().with_role(Role.DECIDER).filter(organisation_id=booking.organisation_id)
    rows = rows.filter(user__is_active=True).select_related("user").order_by("pk")
    return [of_user(row.user) for row in rows[:AT_MOST]]


def municipality(booking: Booking) -> list[Recipient]:
    """Who asked; when she left, the decision makers; when there are none, the contact of the request."""
    asker = booking.requested_by
    members = Membership.objects.active().filter(organisation_id=booking.organisation_id)
    if asker is not None and asker.is_active and members.filter(user=asker).exists():
        return [of_user(asker)]
    if found := deciders(booking):
        return found
    return [Recipient(booking.contact_email, booking.contact_name)] if booking.contact_email else []


def without_address(experts: Iterable[ExpertPage]) -> list[str]:
    """Whom no mail can reach: VVSG has to call them."""
    return [page.title for page in experts if not expert(page)]


def expert(page: ExpertPage) -> list[Recipient]:
    """Her address for requests, else everybody who acts for her. A lone account stands behind the address as well."""
    users = [row.user for row in page.accounts.select_related("user").order_by("pk") if row.user.is_active]
    private = ExpertPrivate.objects.filter(expert=page).first()
    if private is not None and private.email:
        known = next((user for user in users if user.email.lower() == private.email.lower()), None)
        return [Recipient(private.email, known.get_short_name() if known else page.title, known)]
    return [of_user(user) for user in users[:AT_MOST]]
