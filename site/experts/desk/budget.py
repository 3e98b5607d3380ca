"""Years of the pool: budget, quota by size class, and more where VVSG allows it with a reason."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from experts.booking.quota import USED, pool_standing
from experts.desk.access import desk_of
from experts.models import Allowance, Charge, PoolYear, Quota
from people.models import Organisation, SizeClass

FORMS = ["GET", "HEAD", "POST"]
CLASSES = [*SizeClass.choices, ("", gettext_lazy("size class unknown"))]


class YearForm(forms.ModelForm[PoolYear]):
    """With a quota for each size class; an empty one means that there is no limit."""

    class Meta:
        model = PoolYear
        fields = ("year", "budget")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].min_value = 2000  # type: ignore[attr-defined]
        saved = dict(self.instance.quotas.values_list("size_class", "day_parts")) if self.instance.pk else {}
        for value, label in CLASSES:
            self.fields[f"quota_{value}"] = forms.IntegerField(
                label=label, min_value=0, max_value=1000, required=False, initial=saved.get(value)
            )
        if self.instance.pk:
            self.fields["year"].disabled = True

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Give a year between 2000 and 2100."))
        return year

    def clean_budget(self) -> Decimal:
        budget = Decimal(self.cleaned_data["budget"])
        if budget < 0:
            raise forms.ValidationError(_("A budget is not less than nothing."))
        return budget

    @transaction.atomic
    def save(self, commit: bool = True) -> PoolYear:
        pool_year: PoolYear = super().save(commit=commit)
        for value, _label in CLASSES:
            number = self.cleaned_data[f"quota_{value}"]
            if number is None:
                Quota.objects.filter(pool_year=pool_year, size_class=value).delete()
            else:
                Quota.objects.update_or_create(pool_year=pool_year, size_class=value, defaults={"day_parts": number})
        return pool_year


class AllowanceForm(forms.ModelForm[Allowance]):
    class Meta:
        model = Allowance
        fields = ("organisation", "day_parts", "euro", "reason")
        widgets = {"reason": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.municipalities().order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("organisation"):
            if not data.get("day_parts"):
                self.add_error("day_parts", _("How many day-parts more?"))
            if data.get("euro"):
                self.add_error("euro", _("Euro are added to the budget of the whole pool: choose no municipality."))
        else:
            if (data.get("euro") or 0) <= 0:
                self.add_error("euro", _("How many euro more?"))
            if data.get("day_parts"):
                self.add_error("day_parts", _("Day-parts are added for a municipality: choose one."))
        return data


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    desk_of(request)
    rows = [(row, pool_standing(row.year)) for row in PoolYear.objects.all()]
    return render(request, "experts/desk/years.html", {"years": rows})


@require_http_methods(FORMS)
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A new year, or one that is there: what is set, what every municipality uses, what was allowed more."""
    desk_of(request)
    found = get_object_or_404(PoolYear, year=year) if year is not None else None
    initial = {} if found else {"year": timezone.localdate().year}
    form = YearForm(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("The year %(year)s is saved.") % {"year": saved.year})
        return redirect("expert_desk:year", saved.year)
    context: dict[str, Any] = {"form": form, "pool_year": found}
    if found is not None:
        context |= {"standing": pool_standing(found.year), "rows": municipalities_in(found)}
        context["allowances"] = found.allowances.select_related("organisation", "by")
    return render(request, "experts/desk/year.html", context, status=422 if form.errors else 200)


@require_http_methods(FORMS)
def allow(request: HttpRequest, year: int) -> HttpResponse:
    """More than the quota, or more than the budget; always with a reason."""
    user = desk_of(request)
    found = get_object_or_404(PoolYear, year=year)
    form = AllowanceForm(request.POST or None, instance=Allowance(pool_year=found, by=user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("It is allowed, and kept with its reason."))
        return redirect("expert_desk:year", year)
    return render(
        request, "experts/desk/allow.html", {"form": form, "pool_year": found}, status=422 if form.errors else 200
    )


def municipalities_in(pool_year: PoolYear) -> list[dict[str, Any]]:
    """Every municipality that books or may book more in this year: used, held, and its total. Three queries."""
    charges = Charge.objects.filter(year=pool_year.year).order_by().values("booking__organisation")
    sums = charges.annotate(used=Sum("day_parts", filter=USED), held=Sum("day_parts", filter=~Q(USED)))
    taken: dict[int, dict[str, Any]] = {row["booking__organisation"]: dict(row) for row in sums}
    more: dict[int, int] = dict(
        pool_year.allowances.exclude(organisation=None)
        .order_by()
        .values_list("organisation")
        .annotate(total=Sum("day_parts"))
    )
    quotas: dict[str, int] = dict(pool_year.quotas.values_list("size_class", "day_parts"))
    rows = []
    for organisation in Organisation.objects.filter(pk__in={*taken, *more}).order_by("name"):
        used, held = (taken.get(organisation.pk, {}).get(name) or 0 for name in ("used", "held"))
        quota = quotas.get(organisation.size_class, quotas.get(""))
        total = None if quota is None else quota + more.get(organisation.pk, 0)
        left = None if total is None else max(total - used - held, 0)
        rows.append({"organisation": organisation, "used": used, "held": held, "total": total, "left": left})
    return rows
