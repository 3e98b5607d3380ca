"""What an expert reaches from a link in a mail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from experts.booking import links


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    if links.read(token) is None:
        raise Http404
    return HttpResponse()
