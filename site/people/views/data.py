"""My data: to read, to take along, and to have deleted."""

import datetime
import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from core import retention
from core.mail.services import absolute_url, post
from people import personal_data
from people.forms_privacy import DeleteForm
from people.models import User
from people.permissions import signed_in
from people.services.deleting import delete_account, obstacles
from people.services.errors import MembershipError

SALT = "people.delete_account"
LINK_WORKS = datetime.timedelta(hours=1)


@require_safe
@never_cache
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    held = [found for found in personal_data.held_about(signed_in(request)) if found.rows]
    return render(request, "people/my_data.html", {"held": held})


@require_safe
@never_cache
@login_required
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file that a machine reads."""
    user = signed_in(request)
    content = {"made": timezone.now(), "site": request.get_host(), "data": personal_data.as_data(user)}
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mijn-gegevens-{timezone.localdate():%Y-%m-%d}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def retention_terms(request: HttpRequest) -> HttpResponse:
    """For every visitor, from the rules themselves."""
    return render(request, "people/retention_terms.html", {"rules": retention.rules()})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def delete_me(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then a link by mail, so that it takes the account and the mailbox."""
    user = signed_in(request)
    blocking = obstacles(user)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and not blocking and form.is_valid():
        url = absolute_url("delete_me_now", _token(user))
        post(template="people/email/account_delete", to=user.email, context={"name": user.first_name, "url": url})
        messages.success(request, _("We mailed you a link. It works for an hour."))
        return redirect("delete_me")
    refused = request.method == "POST"
    context = {"form": form, "obstacles": blocking}
    return render(request, "people/delete_me.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@sensitive_variables("token")
def delete_me_now(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads: one last button. Whoever is signed in as somebody else gets a 404."""
    user = signed_in(request)
    if not _fits(token, user):
        raise Http404
    if request.method == "POST":
        try:
            delete_account(user=user, by=user)
        except MembershipError as error:
            messages.error(request, str(error))
            return redirect("delete_me")
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("/")
    response = render(request, "people/delete_me_now.html")
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response


def _token(user: User) -> str:
    """Dies with the password, the address and every sign-out everywhere."""
    return signing.dumps(_key(user), salt=SALT)


def _key(user: User) -> list[Any]:
    state = f"{user.email}:{user.get_session_auth_hash()}"
    return [user.pk, salted_hmac(SALT, state).hexdigest()[:32]]


def _fits(token: str, user: User) -> bool:
    try:
        return bool(signing.loads(token, salt=SALT, max_age=LINK_WORKS) == _key(user))
    except signing.BadSignature:
        return False
