"""What changes the search documents of pages: each writes to the outbox in the same transaction.

Wagtail's own index hooks run before commit and know no privacy; ours are the outbox. Pages are followed by post_save,
which Wagtail sends inside the transaction of the save; its own signals of publishing and moving come after it, and a
process that dies in between would lose the change.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction

from search.outbox import enqueue

if TYPE_CHECKING:
    from core.finding.kinds import ResultKind

# What Wagtail saves of a page when somebody saves a draft: nothing that a reader sees.
DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"})


def follow(kind: "ResultKind") -> None:
    """Every publication, withdrawal and deletion of pages of this kind; not a draft that only editors ever saw."""

    def saved(
        sender: type[Model],
        instance: Page,
        created: bool = False,
        update_fields: Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None:
        new_draft = created and not instance.live
        draft_fields = update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)
        if not new_draft and not draft_fields:
            enqueue([kind.document_id(instance.pk)])

    def deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        enqueue([kind.document_id(instance.pk)])

    post_save.connect(saved, sender=kind.page, weak=False, dispatch_uid=f"finding_{kind.name}_saved")
    post_delete.connect(deleted, sender=kind.page, weak=False, dispatch_uid=f"finding_{kind.name}_deleted")


def tree_changed(page: Page) -> None:
    """Whatever is found of a page and below it, of every kind."""
    from core.finding.kinds import all_kinds

    enqueue(document_id for kind in all_kinds() for document_id in kind.below(page))


def bare_page_saved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Wagtail moves and unpublishes pages of which it does not look at the type: perhaps below another restriction."""
    tree_changed(instance)


def privacy_changed(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    tree_changed(instance.page)


def privacy_groups_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """The groups of a restriction are written after the restriction itself."""
    if isinstance(instance, PageViewRestriction):
        tree_changed(instance.page)


def group_deleted(sender: type[Model], instance: Group, **kwargs: Any) -> None:
    """Its rows in the restrictions go along without a signal of their own."""
    for restriction in PageViewRestriction.objects.filter(groups=instance).select_related("page"):
        tree_changed(restriction.page)


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(bare_page_saved, sender=Page, dispatch_uid="finding_bare_page_saved")
    post_save.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="finding_privacy_saved")
    post_delete.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="finding_privacy_deleted")
    m2m_changed.connect(
        privacy_groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="finding_privacy_groups"
    )
    pre_delete.connect(group_deleted, sender=Group, dispatch_uid="finding_group_deleted")
