"""The groups of the reader herself."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from events.intervision import mine
from events.intervision.access import READ, private
from people.permissions import signed_in


@private
def my_intervision(request: HttpRequest) -> HttpResponse:
    if request.method not in READ:
        return HttpResponseNotAllowed(READ)
    return render(request, "events/intervision/my_intervision.html", {"rows": mine.rows_of(signed_in(request))})
