"""One form on one page: shown, checked, done by a service, and on to where it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from events.intervision.access import Visit
from events.intervision.exceptions import IntervisionError, Stale
from events.models import IntervisionGroup


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What stands around a form. `warning` is set apart; `danger` colours the button."""

    title: str
    button: str
    text: str = ""
    warning: str = ""
    danger: bool = False
    template: str = "events/intervision/form.html"


def room_url(group: IntervisionGroup) -> str:
    return reverse("intervision_room", args=[group.uid])


def form_page(  # noqa: PLR0913  # what differs from one form to another
    request: HttpRequest,
    group: IntervisionGroup,
    form: forms.BaseForm,
    page: FormPage,
    *,
    do: Callable[[Any], object],
    done: str,
    then: str | Callable[[Any], str] = "",
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """`do` gets what was typed; its IntervisionError is shown above the form, with 409 for what is stale.

    `then`: where it shows, also as a function of what `do` made; else the room.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = do(form.cleaned_data)
            except IntervisionError as error:
                form.add_error(None, error.message)
                status = 409 if isinstance(error, Stale) else 422
            else:
                messages.success(request, done)
                return redirect((then(made) if callable(then) else then) or room_url(group))
    whole = {"group": group, "form": form, "form_page": page, "back": back or room_url(group), **context}
    return render(request, page.template, whole, status=status)


def with_room(visit: Visit, **context: Any) -> dict[str, Any]:
    return {"visit": visit, "group": visit.group, **context}
