"""From belonging to rights: the one place that puts people in the groups of readers, and takes them out.

The groups `Professionals` and `LIVC-R` are derived: from active memberships, and from LIVC-R memberships whose last day
has not passed. Page privacy, documents and search keep working with groups; nobody else adds to these two.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from people.models import LivcMembership, Membership, Organisation, User

PRACTITIONERS = "Professionals"
LIVC = "LIVC-R"
DERIVED = (PRACTITIONERS, LIVC)


def derive(user: User) -> None:
    """Put somebody in exactly the derived groups that her memberships give. Writes only what differs."""
    active = user.is_active and Membership.objects.active().filter(user=user).exists()
    until = None
    if active:
        until = (
            LivcMembership.objects.valid().filter(membership__user=user).aggregate(until=Max("valid_until"))["until"]
        )
    if user.livc_until != until:
        user.livc_until = until
        User.objects.filter(pk=user.pk).update(livc_until=until)
    wanted = {name for name, holds in ((PRACTITIONERS, active), (LIVC, until is not None)) if holds}
    held = set(user.groups.filter(name__in=DERIVED).values_list("name", flat=True))
    if wanted - held:
        user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in sorted(wanted - held)))
    if held - wanted:
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))


def of_today(user: User) -> User:
    """The user of a request, out of the LIVC-R once her last day has passed, also when no task has run since."""
    if user.livc_until is not None and user.livc_until < timezone.localdate():
        derive(user)
    return user


def possible_stewards() -> "QuerySet[User]":
    """Who can be made responsible for something: active people who belong to an organisation or edit the site."""
    edits = Q(groups__permissions__content_type__app_label="wagtailadmin", groups__permissions__codename="access_admin")
    belongs = Q(memberships__state="active")
    able = User.objects.filter(Q(is_superuser=True) | edits | belongs, is_active=True)
    return User.objects.filter(pk__in=able.values("pk"))


def stewards_within(organisations: "Iterable[Organisation] | QuerySet[Organisation]") -> "QuerySet[User]":
    """Those of them who belong to one of these organisations, by name."""
    belongs = Q(memberships__organisation__in=organisations, memberships__state="active")
    return possible_stewards().filter(belongs).distinct().order_by("last_name", "first_name", "email")


def end_all_sessions(user: User) -> None:
    """Sign somebody out everywhere, now: what every session is signed with changes, whatever stores the sessions."""
    from allauth.usersessions.models import UserSession

    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    for session in UserSession.objects.filter(user=user):
        session.end()
