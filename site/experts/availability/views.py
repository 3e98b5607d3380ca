"""When an expert is free, as those who act for her say it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.mail.services import absolute_url
from experts.availability import feed, services
from experts.availability.forms import AddressForm, ExceptionForm, RulesForm, UploadForm, WeekForm
from experts.availability.free_table import free_weeks
from experts.availability.permissions import exception_for
from experts.availability.reading import services as reading
from experts.availability.reading.refusals import Unreadable
from experts.directory.permissions import expert_for, experts_of
from experts.models import AvailabilityException, CalendarSource, ExpertPage
from people.permissions import signed_in

WEEKS = 8
Forms = dict[str, Any]


@require_safe
@login_required
def my_availability(request: HttpRequest) -> HttpResponse:
    """Of the expert for whom she acts; of several, the first, which links to the others."""
    expert = experts_of(signed_in(request)).first()
    if expert is None:
        raise Http404
    return redirect("availability", expert.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def availability(request: HttpRequest, expert_id: int) -> HttpResponse:
    """All on one page; `step` in what is posted says which part of it is changed."""
    expert = expert_for(signed_in(request), expert_id)
    posted: Forms = {}
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        if step is None:
            raise Http404
        name, form, text = step(request, expert)
        if text:
            messages.success(request, text)
            return redirect(f"{request.path}#{name}")
        posted = {name: form}
    return _page(request, expert, posted)


def _page(request: HttpRequest, expert: ExpertPage, posted: Forms) -> HttpResponse:
    rules = services.rules_of(expert)
    forms: Forms = {
        "week": WeekForm(initial={"week": services.week_of(expert)}),
        "rules": RulesForm(instance=rules),
        "exception": ExceptionForm(auto_id="exception_%s"),
        "address": AddressForm(),
        "upload": UploadForm(),
        **posted,
    }
    context = {
        "expert": expert,
        "others": experts_of(signed_in(request)).exclude(pk=expert.pk),
        "forms": forms,
        "exceptions": expert.exceptions.filter(last__gte=timezone.localdate()),
        "calendar": CalendarSource.objects.filter(expert=expert).first(),
        "feed_url": absolute_url("expert_feed", feed.secret_of(rules)),
        "weeks": free_weeks(expert, WEEKS),
        "wrong": next(iter(posted), ""),
    }
    return render(request, "experts/availability/page.html", context, status=422 if posted else 200)


Done = tuple[str, Any, str]  # the part of the page, its form, and what to say where it was done


def _save_week(request: HttpRequest, expert: ExpertPage) -> Done:
    form = WeekForm(request.POST)
    if not form.is_valid():
        return "week", form, ""
    services.save_week(expert, form.chosen())
    return "week", form, _("Your week is saved.")


def _save_rules(request: HttpRequest, expert: ExpertPage) -> Done:
    form = RulesForm(request.POST, instance=services.rules_of(expert))
    if not form.is_valid():
        return "rules", form, ""
    form.save()
    return "rules", form, _("Your limits are saved.")


def _add_exception(request: HttpRequest, expert: ExpertPage) -> Done:
    form = ExceptionForm(request.POST, instance=AvailabilityException(expert=expert), auto_id="exception_%s")
    if not form.is_valid():
        return "exception", form, ""
    form.save()
    return "exception", form, _("The exception is added.")


def _follow(request: HttpRequest, expert: ExpertPage) -> Done:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return "address", form, ""
    reading.follow(expert, form.cleaned_data["url"])
    return "address", form, _("We read your calendar now, and every hour from now on.")


def _upload(request: HttpRequest, expert: ExpertPage) -> Done:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return "upload", form, ""
    file = form.cleaned_data["file"]
    try:
        reading.read_upload(expert, file, file.name)
    except Unreadable as refusal:
        form.add_error("file", str(refusal))
        return "upload", form, ""
    return "upload", form, _("Your calendar is read.")


def _fetch_now(request: HttpRequest, expert: ExpertPage) -> Done:
    source = CalendarSource.objects.filter(expert=expert).exclude(url="").first()
    if source is None:
        raise Http404
    reading.follow(expert, source.address)
    return "address", None, _("We read your calendar now, and every hour from now on.")


def _forget(request: HttpRequest, expert: ExpertPage) -> Done:
    reading.forget(expert)
    return "address", None, _("Your calendar is no longer read.")


STEPS: dict[str, Callable[[HttpRequest, ExpertPage], Done]] = {
    "week": _save_week,
    "rules": _save_rules,
    "exception": _add_exception,
    "address": _follow,
    "upload": _upload,
    "fetch": _fetch_now,
    "forget": _forget,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    found = exception_for(signed_in(request), pk)
    form = ExceptionForm(request.POST or None, instance=found, initial={"free": str(found.free)})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The exception is changed."))
        return redirect("availability", found.expert_id)
    context = {"exception": found, "expert": found.expert, "form": form}
    return render(request, "experts/availability/exception.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def exception_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    found = exception_for(signed_in(request), pk)
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The exception is removed."))
        return redirect("availability", found.expert_id)
    context = {"exception": found, "expert": found.expert}
    return render(request, "experts/availability/exception_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def feed_renew(request: HttpRequest, expert_id: int) -> HttpResponse:
    """Asks first: whoever follows the old address sees nothing new any more."""
    expert = expert_for(signed_in(request), expert_id)
    if request.method == "POST":
        services.rules_of(expert)
        services.renew_feed(expert.pk)
        messages.success(request, _("Your calendar feed has a new address. The old one no longer works."))
        return redirect("availability", expert.pk)
    return render(request, "experts/availability/feed_renew.html", {"expert": expert})
