"""Deleting an account: what was its owner's goes, what others built on stays as that of a former member.

The row of the user stays, without name, address, password or rights: pages, history and the audit log refer to it.
Nothing may be left that nobody answers for, so whoever still answers for something names a successor first.
"""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.mail.services import post
from people import holdings, personal_data
from people.audit import record
from people.models import AuditAction, Membership, MembershipState, User
from people.rights import end_all_sessions
from people.services.errors import MembershipError, SuccessorNeededError
from people.services.joining import withdraw_request
from people.services.leaving import end, is_last_manager

SHOWN = 20


@dataclass(frozen=True)
class Obstacle:
    """Why the account cannot go yet, and where that is put right."""

    text: str
    url: str = ""
    things: tuple[str, ...] = ()


def obstacles(user: User) -> list[Obstacle]:
    found = []
    if held := holdings.shown_to(user, holdings.held_by(user)):
        text = ngettext(
            "You still answer for %(count)d thing. Ask your manager of members or VVSG to name a successor.",
            "You still answer for %(count)d things. Ask your manager of members or VVSG to name a successor.",
            len(held),
        )
        things = tuple(holding.title for holding in held[:SHOWN])
        found.append(Obstacle(text % {"count": len(held)}, things=things))
    for membership in Membership.objects.active().filter(user=user).select_related("organisation"):
        if is_last_manager(membership):
            text = _("Nobody else manages the members of %(organisation)s. Make a colleague manager first.")
            url = reverse("members_of", args=[membership.organisation_id])
            found.append(Obstacle(text % {"organisation": membership.organisation}, url))
    if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        found.append(Obstacle(_("You are the last administrator. Make somebody else administrator first.")))
    return found


@transaction.atomic
def delete_account(*, user: User, by: User | None) -> User:
    """Make the account anonymous, at once and for good. Doing it again changes nothing.

    Raises SuccessorNeededError where something would be nobody's; the message is for whoever tried.
    """
    found = User.objects.select_for_update().get(pk=user.pk)
    if found.deleted_at is not None:
        return found
    if blocking := obstacles(found):
        raise SuccessorNeededError(blocking[0].text)
    email, name = found.email, found.get_short_name()
    found.is_active = False
    found.save(update_fields=["is_active"])  # from here on no mail about a membership goes to her
    _leave(found, by)
    personal_data.forget(found)
    _make_anonymous(found)
    end_all_sessions(found)
    record(AuditAction.ACCOUNT_DELETED, actor=by, subject=found)
    post(template="people/email/account_deleted", to=email, context={"name": "" if name == email else name})
    return found


def _leave(user: User, by: User | None) -> None:
    for membership in Membership.objects.filter(
        user=user, state__in=(MembershipState.REQUESTED, MembershipState.ACTIVE)
    ):
        try:
            if membership.is_active:
                end(membership=membership, by=by or user)
            else:
                withdraw_request(membership=membership, by=by or user)
        except MembershipError as error:
            raise SuccessorNeededError(str(error)) from error


def _make_anonymous(user: User) -> None:
    user.email = f"verwijderd-{user.pk}@verwijderd.invalid"
    user.first_name = user.last_name = ""
    user.is_staff = user.is_superuser = False
    user.last_login = user.livc_until = user.warned_on = None
    user.deleted_at = timezone.now()
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
