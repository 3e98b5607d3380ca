"""What somebody wrote or did in the admin: of texts the title and the day, the texts themselves are the site's."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)

from people.models import User
from people.personal_data import Provider, Row, register

TITLE, WHEN, WHAT = _("Title"), _("When"), _("What")


def _pages(user: User) -> list[Row]:
    found = Page.objects.filter(Q(owner=user) | Q(locked_by=user))
    return [
        {"title": page.title, "written": page.owner_id == user.pk, "locked": page.locked_by_id == user.pk}
        for page in found.order_by("title")
    ]


def _revisions(user: User) -> list[Row]:
    found = Revision.objects.filter(user=user).order_by("-created_at")
    return [{"title": row.object_str, "when": row.created_at} for row in found.only("object_str", "created_at")]


def _comments(user: User) -> list[Row]:
    rows: list[dict[str, Any]] = [
        {"title": row.page.title, "when": row.created_at, "text": row.text}
        for row in Comment.objects.filter(user=user).select_related("page")
    ]
    rows += [
        {"title": row.comment.page.title, "when": row.created_at, "text": row.text}
        for row in CommentReply.objects.filter(user=user).select_related("comment__page")
    ]
    rows += [
        {"title": row.page.title, "when": row.resolved_at, "text": gettext("You marked a comment as done.")}
        for row in Comment.objects.filter(resolved_by=user).select_related("page")
    ]
    return list(rows)


def _subscriptions(user: User) -> list[Row]:
    return [{"title": row.page.title} for row in PageSubscription.objects.filter(user=user).select_related("page")]


def _logged(user: User) -> list[Row]:
    rows: list[Row] = []
    for model in (PageLogEntry, ModelLogEntry):
        rows += [
            {"title": row.label, "when": row.timestamp, "what": str(row.message or row.action)}
            for row in model.objects.filter(user=user)
        ]
    return rows


def _forget_logged(user: User) -> None:
    """What was done to her account was logged under her name; the line stays, the name goes."""
    kind = ContentType.objects.get_for_model(User)
    about = ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk))
    about.update(label=gettext("A former member"), data={})


def _workflows(user: User) -> list[Row]:
    started = [
        {"title": str(row.content_object or ""), "when": row.created_at, "what": gettext("You handed it in.")}
        for row in WorkflowState.objects.filter(requested_by=user)
    ]
    finished = TaskState.objects.filter(finished_by=user).select_related("task")
    return [
        *started,
        *(
            {
                "title": str(row.revision.object_str if row.revision else ""),
                "when": row.finished_at,
                "what": row.comment,
            }
            for row in finished
        ),
    ]


def _files(user: User) -> list[Row]:
    rows: list[Row] = []
    for model in (get_document_model(), get_image_model()):
        rows += [
            {"title": row.title, "when": row.created_at} for row in model._default_manager.filter(uploaded_by_user=user)
        ]
    waiting = UploadedFile.objects.filter(uploaded_by_user=user)
    return [*rows, *({"title": row.file.name, "when": None} for row in waiting)]


def _forget_files(user: User) -> None:
    for row in UploadedFile.objects.filter(uploaded_by_user=user):
        row.file.delete(save=False)
        row.delete()


def _forms(user: User) -> list[Row]:
    found = FormState.objects.filter(user=user)
    return [{"when": row.last_updated_at} for row in found]


def _forget_forms(user: User) -> None:
    FormState.objects.filter(user=user).delete()


def _forget_subscriptions(user: User) -> None:
    PageSubscription.objects.filter(user=user).delete()
    Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)


def _uploads(name: str) -> tuple[str, ...]:
    models = (get_document_model(), get_image_model())
    return tuple(f"{apps.get_app_config(model._meta.app_label).label}.{model.__name__}.{name}" for model in models)


def connect() -> None:
    register(
        Provider(
            "pages",
            _("Pages that you started or locked"),
            ("wagtailcore.Page.owner", "wagtailcore.Page.locked_by"),
            {"title": TITLE, "written": _("Started by you"), "locked": _("Locked by you")},
            _pages,
        ),
        Provider(
            "revisions",
            _("Versions of texts that you saved"),
            ("wagtailcore.Revision.user",),
            {"title": TITLE, "when": WHEN},
            _revisions,
        ),
        Provider(
            "comments",
            _("Your comments"),
            ("wagtailcore.Comment.user", "wagtailcore.Comment.resolved_by", "wagtailcore.CommentReply.user"),
            {"title": _("On page"), "when": WHEN, "text": _("Text")},
            _comments,
        ),
        Provider(
            "subscriptions",
            _("Pages of which you get mails about comments"),
            ("wagtailcore.PageSubscription.user",),
            {"title": TITLE},
            _subscriptions,
            _forget_subscriptions,
        ),
        Provider(
            "admin_history",
            _("What you did in the admin"),
            ("wagtailcore.PageLogEntry.user", "wagtailcore.ModelLogEntry.user"),
            {"title": TITLE, "when": WHEN, "what": WHAT},
            _logged,
            _forget_logged,
        ),
        Provider(
            "workflow",
            _("What you handed in or checked"),
            ("wagtailcore.WorkflowState.requested_by", "wagtailcore.TaskState.finished_by"),
            {"title": TITLE, "when": WHEN, "what": WHAT},
            _workflows,
        ),
        Provider(
            "files",
            _("Files that you uploaded"),
            (*_uploads("uploaded_by_user"), "wagtailcore.UploadedFile.uploaded_by_user"),
            {"title": TITLE, "when": WHEN},
            _files,
            _forget_files,
        ),
        Provider(
            "forms",
            _("Forms of the admin that you left half filled in"),
            ("wagtailadmin.FormState.user",),
            {"when": WHEN},
            _forms,
            _forget_forms,
        ),
    )
