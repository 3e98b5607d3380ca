"""The materials of a group. A file has a name of ours on disk, and goes from there when its row goes."""

import re
import unicodedata
from functools import partial
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from events.choices import Part
from events.intervision import terms
from events.intervision.exceptions import IntervisionError, NotAllowed
from events.intervision.services.locking import acting
from events.models import GroupMember, RoomFile

_LONGEST_NAME = 100


def harmless_name(name: str) -> str:
    """Letters, figures, dot, dash and space: what no header, shell or file system stumbles over."""
    path = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/").split("/")[-1])
    stem, suffix = (re.sub(r"[^\w .-]|_{2,}", "_", part).strip(" ._") for part in (path.stem, path.suffix))
    return f"{stem[:_LONGEST_NAME] or 'bestand'}.{suffix}" if suffix else stem[:_LONGEST_NAME] or "bestand"


@transaction.atomic
def add_file(*, by: GroupMember, file: "File[bytes]", title: str) -> RoomFile:
    """The form looked at its kind and size."""
    group, member = acting(by)
    if group.files.count() >= terms.MOST_FILES:
        raise IntervisionError(_("The group has as many files as it can keep. Delete one first."))
    filename = harmless_name(file.name or "")
    made = RoomFile(group=group, by=member, title=title or filename, filename=filename, size=file.size)
    made.file.save(filename, file, save=False)
    try:
        made.save()
    except Exception:
        made.file.delete(save=False)
        raise
    return made


@transaction.atomic
def remove_file(*, file: RoomFile, by: GroupMember) -> None:
    """By who put it there, or the facilitator."""
    group, member = acting(by)
    found = RoomFile.objects.get(pk=file.pk, group=group)
    if found.by_id != member.pk and member.part != Part.FACILITATOR:
        raise NotAllowed(_("You may not do this."))
    throw_away(found)


def throw_away(file: RoomFile) -> None:
    """The row now, the file once that is sure."""
    storage, name = file.file.storage, file.file.name or ""
    file.delete()
    transaction.on_commit(partial(storage.delete, name), robust=True)
