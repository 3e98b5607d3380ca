"""What people follow: confirmed addresses, sign-ins, and whoever touches the derived groups."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in, user_signed_up
from django.contrib import messages
from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save
from django.http import HttpRequest
from django.utils.translation import gettext as _

from people.models import User
from people.rights import derive
from people.services.joining import join_by_domain


def address_confirmed(sender: type[Model], request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    for membership in join_by_domain(user=email_address.user):
        text = _("You are now a member of %(organisation)s.") % {"organisation": membership.organisation}
        messages.success(request, text, fail_silently=True)


def signed_in(sender: type[Model], user: User, **kwargs: Any) -> None:
    """A domain may have become known since she was here last."""
    join_by_domain(user=user)


def groups_changed(
    sender: type[Model], instance: User | Group, action: str, pk_set: set[int] | None, reverse: bool, **kwargs: Any
) -> None:
    """The derived groups are nobody's to give: a form that does is put right in the same breath."""
    if action not in {"post_add", "post_remove", "post_clear"}:
        return
    users = [instance] if isinstance(instance, User) else User.objects.filter(pk__in=pk_set or ())
    for user in users:
        derive(user)


def user_saved(sender: type[Model], instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Somebody who is switched off has no rights left to come back with."""
    if not created and not raw and not instance.is_active:
        derive(instance)


def connect() -> None:
    """Called once, when the app is ready."""
    email_confirmed.connect(address_confirmed, dispatch_uid="people_join_by_confirmed_domain")
    user_logged_in.connect(signed_in, dispatch_uid="people_join_at_sign_in")
    user_signed_up.connect(signed_in, dispatch_uid="people_join_at_sign_up")
    m2m_changed.connect(groups_changed, sender=User.groups.through, dispatch_uid="people_derived_groups")
    post_save.connect(user_saved, sender=User, dispatch_uid="people_switched_off")
