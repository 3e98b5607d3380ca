"""What follows a change of a login."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialAccount
from django.dispatch import receiver
from django.http import HttpRequest

from people.models import User
from people.second_factor import FACTORS


@receiver(authenticator_added)
def count_the_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    """Setting a factor up is using it: the session in which that happens need not ask again."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(password_reset)
def unlink_other_logins(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Whoever owns the mailbox takes the account back: a login that somebody else linked to it no longer opens it."""
    SocialAccount.objects.filter(user=user).delete()
