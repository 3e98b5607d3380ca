"""An expert's own pages, and the page where a referee answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from experts.directory import profile, references
from experts.directory.forms import PrivateForm, ProfileForm, ReferenceForm
from experts.directory.permissions import expert_for, experts_of
from experts.models import ExpertPage, ExpertPrivate
from people.permissions import signed_in


@require_safe
@never_cache
@login_required
def my_experts(request: HttpRequest) -> HttpResponse:
    """For whom she acts; straight to the profile where it is one."""
    found = list(experts_of(signed_in(request)))
    if len(found) == 1:
        return redirect("my_expert", found[0].pk)
    return render(request, "experts/directory/my_experts.html", {"experts": found})


@require_safe
@never_cache
@login_required
def my_expert(request: HttpRequest, pk: int) -> HttpResponse:
    expert = expert_for(signed_in(request), pk)
    context = {**_change(expert), "references": expert.references.all()}
    return render(request, "experts/directory/my_expert.html", _context(request, expert, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Her texts and offers. Visitors see the change once VVSG approved it."""
    user = signed_in(request)
    expert = expert_for(user, pk)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=profile.latest(expert))
    if request.method == "POST" and form.is_valid():
        try:
            profile.hand_in(page=form.save(commit=False), by=user, photo=form.cleaned_data["new_photo"])
        except profile.ProfileError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("VVSG looks at your change. You get a mail; until then your page stays as it is.")
            )
            return redirect("my_expert", pk)
    context = _context(request, expert, form=form, wrong=request.method == "POST", **_change(expert))
    return render(request, "experts/directory/my_profile.html", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("mobile", "iban", "email")
@never_cache
@login_required
def my_private(request: HttpRequest, pk: int) -> HttpResponse:
    """Her private data: for her and VVSG, and changed at once."""
    expert = expert_for(signed_in(request), pk)
    private = ExpertPrivate.objects.filter(expert=expert).first() or ExpertPrivate(expert=expert)
    form = PrivateForm(request.POST or None, instance=private)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your data is saved."))
        return redirect("my_expert", pk)
    context = _context(request, expert, form=form)
    return render(request, "experts/directory/my_private.html", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my_reference(request: HttpRequest, pk: int) -> HttpResponse:
    """A new reference: the referee is asked by mail."""
    expert = expert_for(signed_in(request), pk)
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        references.enter(expert=expert, **form.cleaned_data)
        messages.success(request, _("We mailed the referee. The reference is shown as soon as it is confirmed."))
        return redirect("my_expert", pk)
    context = _context(request, expert, form=form)
    return render(request, "experts/directory/my_reference.html", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def reference(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of a referee leads. Reading changes nothing: she answers with a button."""
    found = references.reference_of(token)
    if found is None:
        return render(request, "experts/directory/reference_dead.html", status=404)
    answered = request.POST.get("answer")
    if answered in {"yes", "no"}:
        references.answer(reference=found, is_right=answered == "yes")
    context = {"reference": found, "answered": answered}
    response = render(request, "experts/directory/reference.html", context)
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response


def _change(expert: ExpertPage) -> dict[str, object]:
    return {"waiting": profile.waiting(expert), "returned": profile.returned(expert)}


def _context(request: HttpRequest, expert: ExpertPage, **more: object) -> dict[str, object]:
    return {"expert": expert, "several": experts_of(signed_in(request)).count() > 1, **more}


def _status(request: HttpRequest) -> int:
    """A form that comes back after it was sent is wrong."""
    return 422 if request.method == "POST" else 200
