"""Deleting a user in the admin goes the way that she would go herself: what she answers for first, then anonymous."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.models import User
from people.permissions import signed_in
from people.services.deleting import delete_account, obstacles
from people.services.errors import MembershipError

LIST = "wagtailusers_users:index"


def instead_of_deleting(request: HttpRequest, user: User) -> HttpResponse:
    """In the place of Wagtail's page, which would take the row away from under pages and history."""
    if request.method == "POST":
        try:
            delete_account(user=user, by=signed_in(request))
        except MembershipError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The account is deleted. What it refers to stays, as of a former member."))
            return redirect(LIST)
    context = {"person": user, "obstacles": obstacles(user)}
    return render(request, "people/admin/delete_user.html", context, status=422 if request.method == "POST" else 200)


def no_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Several at once would skip the question who takes over."""
    if action_type != "delete" or User not in action.models:
        return None
    messages.error(request, _("Delete users one by one: for each you see what she still answers for."))
    return redirect(LIST)
