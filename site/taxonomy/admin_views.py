"""Merging, retiring and bringing back a term: each asks first and tells how many pages carry the term."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.references import users_of
from people.permissions import signed_in
from taxonomy import services
from taxonomy.forms import MergeForm
from taxonomy.models import Concept

LIST = "concepts:list"


def _concept_for(request: HttpRequest, pk: int) -> Concept:
    """The term, for somebody who may change the vocabulary; raises PermissionDenied, Http404."""
    if not request.user.has_perm("taxonomy.change_concept"):
        raise PermissionDenied
    return get_object_or_404(Concept, pk=pk)


def _context(concept: Concept, **extra: Any) -> dict[str, Any]:
    users = [user for user in users_of(concept) if not isinstance(user, Concept)]
    return {"concept": concept, "users": users, "list_url_name": LIST, **extra}


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    concept = _concept_for(request, pk)
    candidates = Concept.objects.current().in_scheme(concept.scheme).exclude(pk=pk)
    form = MergeForm(request.POST or None, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.merge(concept=concept, into=form.cleaned_data["into"], by=signed_in(request))
        except services.VocabularyError as error:
            form.add_error(None, str(error))
        else:
            text = ngettext(
                "“%(old)s” is merged into “%(new)s”; %(count)d page went along.",
                "“%(old)s” is merged into “%(new)s”; %(count)d pages went along.",
                count,
            )
            messages.success(
                request, text % {"old": concept.label, "new": form.cleaned_data["into"].label, "count": count}
            )
            return redirect(LIST)
    return render(request, "taxonomy/admin/merge.html", _context(concept, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a term, or bring a retired one back."""
    concept = _concept_for(request, pk)
    if request.method == "POST":
        try:
            if concept.retired:
                services.reinstate(concept=concept, by=signed_in(request))
                messages.success(request, _("“%(label)s” can be chosen again.") % {"label": concept.label})
            else:
                services.retire(concept=concept, by=signed_in(request))
                messages.success(
                    request, _("“%(label)s” is retired. Pages that carry it keep it.") % {"label": concept.label}
                )
        except services.VocabularyError as error:
            messages.error(request, str(error))
        return redirect(LIST)
    return render(request, "taxonomy/admin/retire.html", _context(concept))
