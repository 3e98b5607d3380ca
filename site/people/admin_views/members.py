"""All memberships in a list that can be filtered and exported; and the report of what nobody answers for."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn

from core.reports import LabelledColumn, Report
from people import holdings
from people.holdings import Ownerless
from people.models import Membership, MembershipState, Organisation, OrganisationKind, Role
from people.permissions import keeps_members, signed_in


class KeepersOnly:
    """Of the reports: for whoever manages members for VVSG."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not keeps_members(signed_in(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class MembershipFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=MembershipState.choices, label=gettext_lazy("State"))
    role = django_filters.ChoiceFilter(
        field_name="role_rows__role", choices=Role.choices, label=gettext_lazy("Role"), distinct=True
    )
    kind = django_filters.ChoiceFilter(
        field_name="organisation__kind", choices=OrganisationKind.choices, label=gettext_lazy("Kind")
    )
    organisation = django_filters.ModelChoiceFilter(
        queryset=lambda request: Organisation.objects.filter(memberships__isnull=False).distinct(),
        label=gettext_lazy("Organisation"),
    )

    class Meta:
        model = Membership
        fields = ("state", "role", "kind", "organisation")


class MembersView(KeepersOnly, Report):
    page_title = gettext_lazy("Members")
    header_icon = "group"
    index_url_name = "members_admin:members"
    index_results_url_name = "members_admin:members_results"
    filterset_class = MembershipFilterSet
    default_ordering = "organisation__name"
    typed = ("organisation", "user", "user.email", "role_names", "reason")
    list_export = (
        "organisation",
        "user",
        "user.email",
        "role_names",
        "get_state_display",
        "since",
        "ended_on",
        "reason",
    )
    export_headings = {
        "organisation": gettext_lazy("Organisation"),
        "user": gettext_lazy("Person"),
        "user.email": gettext_lazy("E-mail address"),
        "role_names": gettext_lazy("Roles"),
        "get_state_display": gettext_lazy("State"),
        "since": gettext_lazy("Member since"),
        "ended_on": gettext_lazy("Ended on"),
        "reason": gettext_lazy("Reason"),
    }
    columns = [
        TitleColumn(
            "organisation",
            label=gettext_lazy("Organisation"),
            sort_key="organisation__name",
            get_url=lambda row: reverse("members_of", args=[row.organisation_id]),
        ),
        TitleColumn(
            "user",
            label=gettext_lazy("Person"),
            sort_key="user__last_name",
            get_url=lambda row: reverse("members_admin:history", args=[row.pk]),
        ),
        LabelledColumn("email", label=gettext_lazy("E-mail address"), accessor="user.email"),
        LabelledColumn("role_names", label=gettext_lazy("Roles")),
        LabelledColumn("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
        LabelledColumn("since", label=gettext_lazy("Member since"), sort_key="since"),
    ]

    def get_filename(self) -> str:
        return "leden"

    def get_base_queryset(self) -> "QuerySet[Membership]":
        return Membership.objects.in_full()


class OwnerlessView(KeepersOnly, Report):
    """Pages whose steward is missing, switched off or gone, and organisations whose members nobody manages."""

    page_title = gettext_lazy("Nothing without an owner")
    header_icon = "warning"
    index_url_name = "members_admin:ownerless"
    index_results_url_name = "members_admin:ownerless_results"
    results_template_name = "people/admin/ownerless_results.html"
    is_searchable = False
    paginate_by = 100
    typed = list_export = ("title", "kind", "problem")
    export_headings = {
        "title": gettext_lazy("What"),
        "kind": gettext_lazy("Kind"),
        "problem": gettext_lazy("Problem"),
    }
    columns = [
        TitleColumn("title", label=gettext_lazy("What"), get_url=lambda row: row.url),
        LabelledColumn("kind", label=gettext_lazy("Kind")),
        LabelledColumn("problem", label=gettext_lazy("Problem")),
    ]

    def get_filename(self) -> str:
        return "zonder-eigenaar"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "watched": watched()}

    def get_queryset(self) -> list[Ownerless]:
        return ownerless()

    def get_filtered_queryset(self) -> list[Ownerless]:
        return ownerless()


def _with_members() -> "QuerySet[Organisation]":
    return Organisation.objects.filter(Exists(Membership.objects.active().filter(organisation=OuterRef("pk"))))


def watched() -> dict[str, int]:
    """What the report looks at: a name for people → how many."""
    counts = {_("organisations with members"): _with_members().count()}
    for provider in holdings.providers():
        counts |= provider.watched()
    return counts


def ownerless() -> list[Ownerless]:
    rows = [row for provider in holdings.providers() for row in provider.ownerless()]
    managers = Membership.objects.active().with_role(Role.MANAGER)
    managers = managers.filter(organisation=OuterRef("pk"), user__is_active=True)
    unmanaged = _with_members().filter(~Exists(managers)).order_by("name")
    rows += [
        Ownerless(
            organisation.name,
            str(organisation.get_kind_display()),
            _("Nobody manages the members"),
            reverse("members_of", args=[organisation.pk]),
        )
        for organisation in unmanaged
    ]
    return rows
