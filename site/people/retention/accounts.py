"""Accounts that nobody uses, invitations and requests that came to nothing."""

import datetime
import logging

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import retention
from core.mail.services import absolute_url, post
from core.retention import of_rows
from people import holdings
from people.models import Invitation, Membership, MembershipState, User
from people.services.deleting import delete_account
from people.services.errors import SuccessorNeededError

logger = logging.getLogger(__name__)
Users = QuerySet[User]


def never_activated() -> Users:
    """Made, and the address never confirmed. Whoever was given a group, a right or a membership was made by VVSG."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    member = Membership.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        ~Exists(confirmed),
        ~Exists(member),
        last_login=None,
        groups=None,
        user_permissions=None,
        is_superuser=False,
        is_staff=False,
        deleted_at=None,
        date_joined__lt=retention.cutoff("not_activated"),
    )


def delete_never_activated() -> int:
    found = [user for user in never_activated() if not holdings.held_by(user)]
    for user in found:
        user.delete()
    return len(found)


def unused() -> Users:
    """Nobody signed in for the whole term. Administrators are looked after by people, not by a clock."""
    moment = retention.cutoff("inactive")
    long_ago = Q(last_login__lt=moment) | Q(last_login=None, date_joined__lt=moment)
    return User.objects.filter(long_ago, deleted_at=None, is_superuser=False)


def _warned() -> Q:
    """Since she last signed in: a warning from before counts for nothing."""
    return Q(warned_on__isnull=False) & (Q(last_login=None) | Q(warned_on__gt=F("last_login__date")))


def to_warn() -> Users:
    return unused().exclude(_warned()).filter(is_active=True)


def to_delete() -> Users:
    """The warning had its time. An account that is switched off has nobody to warn."""
    day = timezone.localdate() - datetime.timedelta(days=retention.days("inactive_warning"))
    return unused().filter((_warned() & Q(warned_on__lte=day)) | Q(is_active=False))


def warn() -> int:
    found = list(to_warn())
    for user in found:
        user.warned_on = timezone.localdate()
        user.save(update_fields=["warned_on"])
        day = user.warned_on + datetime.timedelta(days=retention.days("inactive_warning"))
        context = {"name": user.first_name, "day": day, "url": absolute_url("account_login")}
        post(template="people/email/account_unused", to=user.email, context=context)
    return len(found)


def delete_unused() -> int:
    """Who still answers for something is left: the report of what nobody answers for shows it."""
    count = 0
    for user in to_delete():
        try:
            delete_account(user=user, by=None)
            count += 1
        except SuccessorNeededError as error:
            logger.warning("Unused account %s stays: %s", user.pk, error)
    return count


def old_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=retention.cutoff("invitations"))


def refused_requests() -> QuerySet[Membership]:
    """Also those that were withdrawn: somebody never belonged there."""
    never = Q(state=MembershipState.REFUSED) | Q(state=MembershipState.ENDED, since=None)
    return Membership.objects.filter(never, requested_at__lt=retention.cutoff("refused_requests"))


def connect() -> None:
    retention.register(
        of_rows(
            "not_activated",
            _("Accounts whose e-mail address was never confirmed"),
            never_activated,
            apply=delete_never_activated,
            order=10,
        ),
        of_rows(
            "inactive",
            _("Accounts with which nobody signs in"),
            to_warn,
            after=_("You get a mail; if you do not sign in then, the account is deleted"),
            apply=warn,
            order=11,
        ),
        of_rows(
            "inactive_warning",
            _("Unused accounts after that mail"),
            to_delete,
            after=_("Deleted; what you wrote stays, without your name"),
            apply=delete_unused,
            order=12,
        ),
        of_rows("invitations", _("Invitations to become a member, after they expired"), old_invitations, order=20),
        of_rows(
            "refused_requests",
            _("Requests for membership that were refused or withdrawn"),
            refused_requests,
            order=21,
        ),
    )
