"""Where somebody is signed in: the list is allauth's, ending one at a time is ours."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.audit import record
from people.devices import device_name
from people.models import AuditAction
from people.permissions import signed_in


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on one of her own devices; another's does not exist for her."""
    user = signed_in(request)
    session = get_object_or_404(UserSession, pk=pk, user=user)
    if session.is_current():
        logout(request)
        return redirect("/")
    device = device_name(session.user_agent)
    session.end()
    record(AuditAction.SIGNED_OUT, actor=user, subject=user)
    messages.success(request, _("You are signed out on %(device)s.") % {"device": device})
    return redirect("usersessions_list")
