"""Confirming a page from the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from keeping import services
from keeping.models import KeptPage
from people.permissions import signed_in


@require_POST
def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """“Still right”: one click from the dashboard."""
    user = signed_in(request)
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, KeptPage):
        raise Http404
    if not services.may_confirm(page, user):
        raise PermissionDenied
    try:
        review_date = services.confirm(page=page, by=user)
    except services.KeepingError as error:
        messages.error(request, str(error))
    else:
        text = _("“%(page)s” is confirmed. The next review is due on %(date)s.")
        messages.success(request, text % {"page": str(page), "date": date_format(review_date)})
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
