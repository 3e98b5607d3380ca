"""The figures, whom events do not reach, and the spreadsheets. The log of access notes every one of those."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.desk import reach
from events.desk.access import event_at_desk
from events.desk.exporting import participants_table
from events.desk.forms.figures import PeriodForm, UnreachedForm
from events.permissions import organiser_of
from people.models import Organisation
from practices.spreadsheet.tables import Table, as_download


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    organiser_of(request)
    period = PeriodForm(request.GET).period
    municipalities = Organisation.objects.municipalities().count()
    context = {
        "form": PeriodForm(initial={"van": period.first, "tot": period.last}),
        "period": period,
        "tables": reach.tables(period),
        "municipalities": municipalities,
        "reached": reach.reached(period),
        "query": request.GET.urlencode(),
    }
    return render(request, "events/desk/figures.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    organiser_of(request)
    period = PeriodForm(request.GET).period
    return as_download(reach.tables(period), f"vorming-bereik-{period.first}-{period.last}")


def _unreached(request: HttpRequest) -> tuple[reach.Period, list[Organisation], dict[str, str]]:
    form = UnreachedForm(request.GET)
    period = form.period
    chosen = {name: form.cleaned_data.get(name, "") for name in ("provincie", "grootte")}
    return period, list(reach.unreached(period, chosen["provincie"], chosen["grootte"])), chosen


@require_safe
def unreached(request: HttpRequest) -> HttpResponse:
    """A list to work from: which municipalities to invite."""
    user = organiser_of(request)
    period, found, chosen = _unreached(request)
    context = {
        "form": UnreachedForm(initial={"van": period.first, "tot": period.last, **chosen}),
        "period": period,
        "found": found,
        "never": sum(one.last is None for one in found),  # type: ignore[attr-defined]
        "opens": user.has_perm("people.change_organisation"),
        "query": request.GET.urlencode(),
    }
    return render(request, "events/desk/unreached.html", context)


@require_safe
def unreached_export(request: HttpRequest) -> HttpResponse:
    organiser_of(request)
    period, found, _chosen = _unreached(request)
    rows = [
        [one.name, one.nis_code, one.get_province_display(), str(one.get_size_class_display()), _last(one)]
        for one in found
    ]
    heads = [_("Municipality"), _("NIS code"), _("Province"), _("Size class"), _("Last took part on")]
    table = Table("niet-bereikt", _("Not reached"), heads, rows)
    return as_download([table], f"vorming-niet-bereikt-{period.first}-{period.last}")


def _last(one: Organisation) -> str:
    last = one.last  # type: ignore[attr-defined]
    return date_format(last, "j F Y") if last else _("never")


@require_safe
@never_cache
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    _user, event = event_at_desk(request, pk)
    return as_download([participants_table(event)], f"deelnemers-{event.slug}"[:120])
