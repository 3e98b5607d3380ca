"""What becomes visible, to whom, and what goes: pages and the restrictions of pages and collections."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

from people.audit import acting, record
from people.models import AuditAction, User

PUBLIC = "public"


def _published(sender: type[Model], instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """By whoever asks for it; of a page that goes live by the clock, whoever wrote that revision."""
    writer = revision.user if revision is not None and isinstance(revision.user, User) else None
    record(AuditAction.PUBLISHED, actor=acting() or writer, about=instance)


def _unpublished(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    record(AuditAction.UNPUBLISHED, about=instance)


def _moved(sender: type[Model], instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    if url_path_before != url_path_after:
        record(AuditAction.MOVED, about=instance, details={"old": url_path_before, "new": url_path_after})


def _deleted(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    record(AuditAction.DELETED, about=instance, details={"address": instance.url_path})


def _object(restriction: BaseViewRestriction) -> Page | Collection | None:
    """Not the one in memory: the page may be going, and its restriction with it."""
    if isinstance(restriction, PageViewRestriction):
        return Page.objects.filter(pk=restriction.page_id).first()
    if isinstance(restriction, CollectionViewRestriction):
        return Collection.objects.filter(pk=restriction.collection_id).first()
    return None


def _restricted(sender: type[Model], instance: BaseViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        record(AuditAction.AUDIENCE, about=_object(instance), details={"audience": instance.restriction_type})


def _opened(sender: type[Model], instance: BaseViewRestriction, **kwargs: Any) -> None:
    if (about := _object(instance)) is not None:
        record(AuditAction.AUDIENCE, about=about, details={"audience": PUBLIC})


def _narrowed(sender: type[Model], instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if action in {"post_add", "post_remove", "post_clear"} and not reverse:
        groups = list(instance.groups.order_by("name").values_list("name", flat=True))
        details = {"audience": instance.restriction_type, "groups": groups}
        record(AuditAction.AUDIENCE, about=_object(instance), details=details)


def connect() -> None:
    page_published.connect(_published, dispatch_uid="audit_published")
    page_unpublished.connect(_unpublished, dispatch_uid="audit_unpublished")
    post_page_move.connect(_moved, dispatch_uid="audit_moved")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="audit_deleted")
    for model in (PageViewRestriction, CollectionViewRestriction):
        post_save.connect(_restricted, sender=model, dispatch_uid=f"audit_restricted_{model.__name__}")
        post_delete.connect(_opened, sender=model, dispatch_uid=f"audit_opened_{model.__name__}")
        m2m_changed.connect(_narrowed, sender=model.groups.through, dispatch_uid=f"audit_narrowed_{model.__name__}")
