"""Materials: served by this view alone, always to be saved, never to be shown by a browser."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.intervision import forms, services
from events.intervision.access import FORM, Visit, posted, room_view
from events.intervision.views.pages import FormPage, form_page
from events.models import RoomFile


def file_in(visit: Visit, key: uuid.UUID) -> RoomFile:
    """Raises Http404."""
    found = RoomFile.objects.filter(group=visit.group, uid=key).first()
    if found is None:
        raise Http404
    return found


@room_view(methods=FORM)
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = forms.FileForm(posted(request), request.FILES)
    text = _("For all members, as long as the group exists. Put no cases and no lists of names here.")
    return form_page(
        request,
        visit.group,
        form,
        FormPage(title=_("Add a file"), button=_("Add the file"), text=text),
        do=lambda told: services.add_file(by=visit.me, file=told["file"], title=told["title"]),
        done=_("The file is in the room."),
    )


@room_view()
def download(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = file_in(visit, key)
    try:
        handle = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        handle, as_attachment=True, filename=found.filename or "bestand", content_type="application/octet-stream"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response  # type: ignore[return-value]  # as good as an HttpResponse for whoever calls a view


@room_view(methods=FORM)
def remove(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = file_in(visit, key)
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        FormPage(title=_("Delete this file?"), button=_("Delete the file"), text=found.title, danger=True),
        do=lambda told: services.remove_file(file=found, by=visit.me),
        done=_("The file is deleted."),
    )
