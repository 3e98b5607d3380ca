"""Writing the audit log: `record(...)` for whatever touches access. `people.audit.connect` listens to most of it."""

from collections.abc import Mapping
from typing import Any

from allauth.core import context as allauth_context
from django.db import models

from people.models import AuditAction, AuditEntry, User

LABEL_MAX = 255


def acting() -> User | None:
    """Who makes the request that is being answered; None in a command, a task or for a stranger."""
    request = allauth_context.request
    user = getattr(request, "user", None) if request is not None else None
    if user is None or not user.is_authenticated or user.pk is None:
        return None
    return User.objects.filter(pk=user.pk).first() if not isinstance(user, User) else user


def record(
    action: AuditAction,
    *,
    actor: User | None = None,
    subject: User | None = None,
    about: models.Model | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add a line. `about` is a thing, never a person: people are only named by their account, and not in `details`."""
    who = actor or acting()
    return AuditEntry.objects.create(
        action=action,
        actor_id=who.pk if who is not None else None,
        subject_id=subject.pk if subject is not None else None,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None and about.pk is not None else "",
        object_label=str(about)[:LABEL_MAX] if about is not None else "",
        details=dict(details or {}),
    )
