"""What follows a change of a login."""

from contextlib import suppress

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import password_reset, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialAccount
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from people.models import Membership, User
from people.oidc import organisation_of
from people.second_factor import FACTORS
from people.services.errors import MembershipError
from people.services.joining import request_membership


@receiver(authenticator_added)
def count_the_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    """Setting a factor up is using it: the session in which that happens need not ask again."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(password_reset)
def unlink_other_logins(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Whoever owns the mailbox takes the account back: a login that somebody else linked to it no longer opens it."""
    SocialAccount.objects.filter(user=user).delete()


@receiver(user_logged_in)
def ask_for_membership(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Whoever comes in for an organisation that we know asks to be its member; VVSG decides, and is asked once."""
    if not any(record["method"] == "socialaccount" for record in get_authentication_records(request, user)):
        return
    for account in SocialAccount.objects.filter(user=user):
        organisation = organisation_of(account.extra_data.get("organisation", ""))
        if organisation is None or Membership.objects.filter(user=user, organisation=organisation).exists():
            continue
        motivation = _("Signed in with the login of the government, for this organisation.")
        with suppress(MembershipError):
            request_membership(user=user, organisation=organisation, motivation=motivation)
