"""What this part registers with the rooms below, once, when the app is ready."""

from core.generation_watch import ignore
from events import page_parts
from events.intervision import announced, chores, mine, personal_data
from events.intervision.handing_over import GroupProvider
from events.models import (
    BrokenGlass,
    CaseBrought,
    GroupLesson,
    GroupMember,
    JoinConsent,
    LessonConsent,
    Meeting,
    MeetingPresence,
    RoomFile,
)
from events.page_parts import Part
from people import holdings

UNSEEN = (BrokenGlass, CaseBrought, GroupLesson, GroupMember, JoinConsent, LessonConsent, Meeting, MeetingPresence)


def connect() -> None:
    """Groups themselves stand on pages of the calendar: only their table moves the generation."""
    personal_data.connect()
    mine.connect()
    chores.connect()
    holdings.register(GroupProvider())
    page_parts.register(Part("events/intervision/includes/announced.html", announced.part, place="register", order=10))
    for model in (*UNSEEN, RoomFile):
        ignore(model._meta.db_table)
    ignore(GroupLesson.cases.through._meta.db_table)
