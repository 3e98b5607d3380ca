"""The groups of the reader herself."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from events.intervision import mine
from events.intervision.access import READ, private
from events.models import EventIndexPage
from people.permissions import signed_in


@private
def my_intervision(request: HttpRequest) -> HttpResponse:
    if request.method not in READ:
        return HttpResponseNotAllowed(READ)
    context = {"rows": mine.rows_of(signed_in(request)), "calendar": EventIndexPage.objects.live().first()}
    return render(request, "events/intervision/my_intervision.html", context)
