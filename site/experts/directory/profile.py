"""An expert changes her own profile: texts wait for VVSG, and what visitors see stays as it is until then."""

from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected
from wagtail.users.models import UserProfile

from core.mail.services import absolute_url, post
from experts.directory.completeness import missing_to_publish
from experts.models import ExpertPage
from people.models import User


class ProfileError(Exception):
    """A change that cannot be made; the message says why, in words for people."""


def waiting(page: ExpertPage) -> bool:
    """Whether a change lies with VVSG."""
    return bool(page.workflow_in_progress)


def returned(page: ExpertPage) -> str | None:
    """What VVSG said of a change that it sent back; None where the last one was not."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    return _comment(state)


def latest(page: ExpertPage) -> ExpertPage:
    """As she last wrote it, seen by visitors or not."""
    found: ExpertPage = page.get_latest_revision_as_object()
    return found


@transaction.atomic
def hand_in(*, page: ExpertPage, by: User, photo: File[bytes] | None = None) -> None:
    """Keep what she wrote as a draft and ask VVSG to look. A change that still waits is replaced: one at a time.

    `page` is the latest version with her changes in it. Raises ProfileError where VVSG locked the page, and
    where a level or an offer is lacking: VVSG could not publish it.
    """
    for sentence in missing_to_publish(page).values():
        raise ProfileError(sentence)
    live = ExpertPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if live.locked:
        raise ProfileError(_("VVSG is working on this page. Try again later."))
    if (state := live.current_workflow_state) is not None:
        state.cancel(user=by)
    if photo is not None:
        page.photo = _image(photo, page.title, by)
    page.save_revision(user=by, clean=False)
    workflow = page.get_workflow()
    if workflow is None:
        raise ProfileError(_("Nobody at VVSG can look at this now. Mail us your change."))
    _own_mails(by)
    workflow.start(page, by)


def _image(photo: File[bytes], title: str, by: User) -> Any:
    """In the library of images, where editors find it; visitors see it once the change is approved."""
    image = get_image_model()(title=title, file=photo, uploaded_by_user=by)
    image._set_image_file_metadata()
    image.save()
    return image


def _own_mails(user: User) -> None:
    """Wagtail's mails about moderation lead to the admin, which she cannot open: she gets ours instead."""
    if not user.has_perm("wagtailadmin.access_admin"):
        profile = UserProfile.get_for_user(user)
        profile.approved_notifications = profile.rejected_notifications = False
        profile.save()


def decided(sender: type[Model], instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell whoever handed it in what VVSG decided, with a link to her own page."""
    writer = instance.requested_by
    page = ExpertPage.objects.filter(pk=instance.object_id, accounts__user=writer).first() if writer else None
    if writer is None or page is None or not writer.is_active:
        return
    post(
        template="experts/directory/email/profile_decided",
        to=writer.email,
        context={
            "name": writer.get_short_name(),
            "expert": page.title,
            "approved": instance.status == WorkflowState.STATUS_APPROVED,
            "comment": _comment(instance),
            "url": absolute_url("my_expert", page.pk),
        },
    )


def _comment(state: WorkflowState) -> str:
    last = TaskState.objects.filter(workflow_state=state).order_by("-pk").first()
    return last.comment if last else ""


def connect() -> None:
    for signal, name in ((workflow_approved, "approved"), (workflow_rejected, "rejected")):
        signal.connect(decided, sender=WorkflowState, dispatch_uid=f"expert_profile_{name}")
