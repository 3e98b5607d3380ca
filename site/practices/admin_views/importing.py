"""Importing practices from a spreadsheet: upload, see what would happen, confirm."""

import datetime
import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.models import User
from people.permissions import signed_in
from practices.models import ImportUpload, PracticeIndexPage
from practices.spreadsheet.exporter import XLSX_TYPE
from practices.spreadsheet.importer import plan_import, run_import
from practices.spreadsheet.plan import ImportPlan, ImportRefusedError
from practices.spreadsheet.reader import MAX_BYTES, UnreadableFileError, read
from practices.spreadsheet.template import general_rules, template_xlsx

KEEP_UPLOADS = datetime.timedelta(hours=24)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file in UTF-8; at most 5 MB and 2000 rows."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> ImportUpload:
        """The file, read once to see that it can be read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it into smaller files."))
        content = file.read()
        try:
            read(file.name, content)
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        return ImportUpload(name=file.name[-255:], content=content)


def may_import(user: User) -> bool:
    """Whoever may add pages below the list of practices."""
    index = PracticeIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def may_publish(user: User) -> bool:
    index = PracticeIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_publish_subpage()


def _importer(request: HttpRequest) -> User:
    user = signed_in(request)
    if not may_import(user):
        raise PermissionDenied
    return user


def _upload_for(user: User, token: uuid.UUID) -> ImportUpload:
    """The user's own upload; a stranger's does not exist. Raises Http404."""
    return get_object_or_404(ImportUpload, token=token, user=user)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    user = _importer(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        ImportUpload.objects.filter(created_at__lt=timezone.now() - KEEP_UPLOADS).delete()
        kept: ImportUpload = form.cleaned_data["file"]
        kept.user = user
        kept.save()
        return redirect("practice_import:review", kept.token)
    return render(request, "practices/admin/import_upload.html", {"form": form, "rules": general_rules()})


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    _importer(request)
    response = HttpResponse(template_xlsx(), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_("practices-template")}.xlsx"'
    return response


@require_GET
def review(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The dry run: what would be made and changed, or what is wrong where."""
    user = _importer(request)
    kept = _upload_for(user, token)
    plan = plan_import(read(kept.name, bytes(kept.content)), by=user)
    return _show(request, kept, plan, user)


@require_POST
def confirm(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    user = _importer(request)
    kept = _upload_for(user, token)
    publish = "publish" in request.POST and may_publish(user)
    try:
        plan = run_import(read(kept.name, bytes(kept.content)), by=user, publish=publish)
    except ImportRefusedError as error:
        return _show(request, kept, error.plan, user)
    kept.delete()
    made = ngettext("%(count)d practice made", "%(count)d practices made", plan.created) % {"count": plan.created}
    changed = ngettext("%(count)d changed", "%(count)d changed", plan.updated) % {"count": plan.updated}
    messages.success(request, _("Imported: %(made)s, %(changed)s.") % {"made": made, "changed": changed})
    index = PracticeIndexPage.objects.get()
    return redirect("wagtailadmin_explore", index.pk)


def _show(request: HttpRequest, kept: ImportUpload, plan: ImportPlan, user: User) -> HttpResponse:
    context = {"upload": kept, "plan": plan, "may_publish": may_publish(user)}
    status = 200 if not plan.faults else 422
    return render(request, "practices/admin/import_review.html", context, status=status)
