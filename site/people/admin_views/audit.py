"""The audit log for administrators: read, search and export. There is no page that changes it."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.reports import LabelledColumn, Report
from people.models import AuditAction, AuditEntry, User
from people.permissions import signed_in

VIEW = "people.view_auditentry"
EXPORTED_AT_MOST = 50_000


def reads_audit(user: User) -> bool:
    """Administrators, and whoever is given this permission in a group of its own."""
    return user.has_perm(VIEW)


def _people(request: HttpRequest) -> "QuerySet[User]":
    return User.objects.filter(deleted_at=None).order_by("last_name", "first_name", "email")


class AuditFilterSet(WagtailFilterSet):
    action = django_filters.MultipleChoiceFilter(choices=AuditAction.choices, label=_("What"))
    person = django_filters.ModelChoiceFilter(queryset=_people, method="of_person", label=_("Person"))
    at = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields = ("action", "person", "at")

    def of_person(self, entries: "QuerySet[AuditEntry]", name: str, person: User) -> "QuerySet[AuditEntry]":
        """Who did it, or whom it is about."""
        return entries.filter(Q(actor=person) | Q(subject=person))


def moment(entry: AuditEntry) -> str:
    return date_format(timezone.localtime(entry.at), "j F Y, H:i")


class AuditView(Report):
    page_title = _("Log of access")
    header_icon = "lock"
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    filterset_class = AuditFilterSet
    is_searchable = True
    search_fields = (
        "object_label",
        "details",
        "actor__first_name",
        "actor__last_name",
        "actor__email",
        "subject__first_name",
        "subject__last_name",
        "subject__email",
    )
    default_ordering = "-at"
    paginate_by = 50
    typed = ("actor", "subject", "object_label", "what")
    list_export = ("at", "get_action_display", "actor", "subject", "object_label", "object_type", "object_id", "what")
    export_headings = {
        "at": _("When"),
        "get_action_display": _("What"),
        "actor": _("Who"),
        "subject": _("About whom"),
        "object_label": _("Object"),
        "object_type": _("Kind of object"),
        "object_id": _("Number of object"),
        "what": _("Details"),
    }
    columns = [
        LabelledColumn("at", label=_("When"), accessor=moment, sort_key="at"),
        LabelledColumn("action", label=_("What"), accessor="get_action_display", sort_key="action"),
        LabelledColumn("actor", label=_("Who"), accessor=lambda entry: entry.actor or "–"),
        LabelledColumn("subject", label=_("About whom"), accessor=lambda entry: entry.subject or "–"),
        LabelledColumn("object_label", label=_("Object"), accessor=lambda entry: entry.object_label or "–"),
        LabelledColumn("what", label=_("Details")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not reads_audit(signed_in(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_filename(self) -> str:
        return f"logboek-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> "QuerySet[AuditEntry]":
        return AuditEntry.objects.select_related("actor", "subject")

    def get_filtered_queryset(self) -> "QuerySet[AuditEntry]":
        entries: QuerySet[AuditEntry] = super().get_filtered_queryset()
        return entries[:EXPORTED_AT_MOST] if self.is_export else entries
