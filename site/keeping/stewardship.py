"""What a steward holds, for when she leaves: the live page, and the drafts that would bring her back."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from keeping.models import KeptPage
from people.audiences import hidden_paths
from people.holdings import Holding, Ownerless, Provider
from people.models import User
from people.rights import possible_stewards


def kept_models() -> Iterator[type[KeptPage]]:
    """Every kind of page that has a steward."""
    waiting = list(KeptPage.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model._meta.abstract:
            yield model


def _drafts(model: type[KeptPage], steward: User) -> Any:
    """Revisions that would make her steward when they are published."""
    kind = ContentType.objects.get_for_model(model)
    pages: Any = model._default_manager
    waiting = Q(pk__in=pages.values("latest_revision_id")) | Q(approved_go_live_at__isnull=False)
    return Revision.objects.filter(waiting, content_type=kind, content__steward=steward.pk)


class StewardshipProvider(Provider):
    name = "page"

    def held_by(self, user: User) -> list[Holding]:
        held = []
        for model in kept_models():
            in_drafts = [int(pk) for pk in _drafts(model, user).values_list("object_id", flat=True)]
            pages: Any = model._default_manager.filter(Q(steward=user) | Q(pk__in=in_drafts)).order_by("title")
            kind = str(model._meta.verbose_name)
            held += [_holding(page, kind) for page in pages]
        return held

    def hidden_from(self, holdings: Iterable[Holding], reader: User) -> set[str]:
        closed = hidden_paths(reader)
        pages = Page.objects.in_bulk([int(holding.key) for holding in holdings])
        return {
            f"{self.name}-{page.pk}"
            for page in pages.values()
            if page.path.startswith(closed) and not page.specific_deferred.permissions_for_user(reader).can_edit()
        }

    def hand_over(self, holdings: Iterable[Holding], *, old: User, new: User, by: User | None) -> None:
        keys = [int(holding.key) for holding in holdings]
        for model in kept_models():
            pages: Any = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys)
            for page in pages:
                if page.steward_id == old.pk:
                    page.steward = new
                    page.save(update_fields=["steward"], clean=False)
                log(instance=page, action="keeping.hand_over", user=by, data={"from": str(old), "to": str(new)})
            for revision in _drafts(model, old).filter(object_id__in=[str(key) for key in keys]):
                revision.content["steward"] = new.pk
                revision.save(update_fields=["content"])

    def ownerless(self) -> list[Ownerless]:
        able = possible_stewards().values("pk")
        rows = []
        for model in kept_models():
            pages: Any = model._default_manager.select_related("steward")
            missing = pages.filter(Q(steward=None) | ~Q(steward__in=able)).order_by("title")
            rows += [_ownerless(page, str(model._meta.verbose_name)) for page in missing]
        return rows

    def watched(self) -> dict[str, int]:
        return {str(model._meta.verbose_name_plural): model._default_manager.count() for model in kept_models()}


def _holding(page: Any, kind: str) -> Holding:
    url = page.get_url() or "" if page.live else ""
    return Holding(StewardshipProvider.name, str(page.pk), page.get_admin_display_title(), kind, url)


def _ownerless(page: Any, kind: str) -> Ownerless:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Ownerless(page.get_admin_display_title(), kind, _problem(page.steward), url)


def _problem(steward: User | None) -> str:
    if steward is None:
        return _("No steward")
    if not steward.is_active:
        return _("The account of steward %(steward)s is switched off") % {"steward": steward}
    return _("Steward %(steward)s has left") % {"steward": steward}
