"""The dialog in which an editor chooses for whom a page, a section or a collection is.

In the place of Wagtail's: that one offers any group, everybody with a login, and shared passwords.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.permissions import collection_permission_policy

from core.transactions import whole
from people.audiences import Audience, audience_of
from people.labels import label_above, words_of
from people.permissions import signed_in
from people.services.closing import set_collection_audience, set_page_audience

TEMPLATE = "people/admin/audience.html"
KEEP = "keep"
WHO: dict[Audience, str | Promise] = {
    Audience.PUBLIC: gettext_lazy("Everybody on the internet, search engines too."),
    Audience.PRACTITIONERS: gettext_lazy(
        "Whoever has an account that belongs to an organisation here: staff of local authorities and their partners. "
        "Members of a LIVC-R as well."
    ),
    Audience.LIVC_R: gettext_lazy("Only people whom VVSG or a coordinator let into the LIVC-R of their municipality."),
}


class AudienceForm(forms.Form):
    """`own` is the restriction of the thing itself; `above` says in words what it inherits, and from what."""

    audience = forms.ChoiceField(label=gettext_lazy("Who may see it"), widget=forms.RadioSelect)

    def __init__(
        self,
        data: Any = None,
        *,
        own: BaseViewRestriction | None,
        above: str = "",
        narrowest_above: Audience | None = None,
    ) -> None:
        now = Audience.PUBLIC if own is None else audience_of(own)
        super().__init__(data, initial={"audience": now or KEEP})
        first = _choice(_("The same as what is above it"), above) if above else _described(Audience.PUBLIC)
        choices: list[tuple[str, Any]] = [(Audience.PUBLIC, first)]
        choices += [
            (choice, _described(choice))
            for choice in (Audience.PRACTITIONERS, Audience.LIVC_R)
            if choice is now or not above or (narrowest_above is Audience.PRACTITIONERS and choice is Audience.LIVC_R)
        ]
        if own is not None and now is None:
            choices.append((KEEP, _choice(words_of(own), _("Set earlier. Keep it, or choose another one."))))
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Audience | None:
        """None: leave it as it is."""
        value = self.cleaned_data["audience"]
        return None if value == KEEP else Audience(value)


def _described(audience: Audience) -> SafeString:
    return _choice(str(audience.label), str(WHO[audience]))


def _choice(label: str, explanation: str) -> SafeString:
    return format_html('<span><strong>{}</strong><span class="audience-who">{}</span></span>', label, explanation)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@whole
def page_audience(request: HttpRequest, page_id: int) -> HttpResponse:
    """Of a page and everything below it."""
    page = get_object_or_404(Page, pk=page_id)
    user = signed_in(request)
    if not page.specific_deferred.permissions_for_user(user).can_set_view_restrictions():
        raise PermissionDenied
    own = PageViewRestriction.objects.filter(page=page).first()
    label = label_above(page)
    above = f"{label.words} ({label.source})" if label else ""
    narrowest = label.audience if label else None
    form = AudienceForm(request.POST or None, own=own, above=above, narrowest_above=narrowest)
    return _answer(
        request, form, is_open=label is None, save=lambda audience: set_page_audience(page, audience, by=user)
    )


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@whole
def collection_audience(request: HttpRequest, collection_id: int) -> HttpResponse:
    """Of the documents of a collection and of those below it."""
    collection = get_object_or_404(Collection, pk=collection_id)
    if not collection_permission_policy.user_has_permission_for_instance(request.user, "change", collection):
        raise PermissionDenied
    found = list(collection.get_view_restrictions().select_related("collection").order_by("collection__depth"))
    own = next((restriction for restriction in found if restriction.collection_id == collection.pk), None)
    last: CollectionViewRestriction | None = next((r for r in reversed(found) if r is not own), None)
    above = f"{words_of(last)} ({last.collection})" if last else ""
    narrowest = audience_of(last) if last else None
    form = AudienceForm(request.POST or None, own=own, above=above, narrowest_above=narrowest)
    return _answer(
        request, form, is_open=last is None, save=lambda audience: set_collection_audience(collection, audience)
    )


def _answer(
    request: HttpRequest, form: AudienceForm, *, is_open: bool, save: Callable[[Audience], None]
) -> HttpResponse:
    """The step of Wagtail's dialog: the form, or that it is done and whether everybody may see it now."""
    if request.method == "POST" and form.is_valid():
        if form.chosen is not None:
            save(form.chosen)
        done = {"step": "set_privacy_done", "is_public": is_open and form.chosen is Audience.PUBLIC}
        return render_modal_workflow(request, None, None, None, json_data=done)
    context = {"form": form, "action_url": request.path}
    return render_modal_workflow(request, TEMPLATE, None, context, json_data={"step": "set_privacy"})
