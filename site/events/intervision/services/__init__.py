"""Every change of a group, one verb each: keyword-only, in one transaction, the group locked first."""

from events.intervision.services.cases import bring, change_case, erase, erase_due
from events.intervision.services.files import add_file, remove_file
from events.intervision.services.glass import break_glass
from events.intervision.services.groups import change_group, close_group, empty_group, make_group, name_facilitator
from events.intervision.services.joining import (
    accept,
    answer_candidate,
    ask_to_join,
    decline,
    invite,
    withdraw_invitation,
)
from events.intervision.services.leaving import accept_rules, hand_over, leave, remove, take_on
from events.intervision.services.lessons import agree, take_back, write_lesson
from events.intervision.services.meetings import add_meeting, cancel_meeting, change_meeting, note_presence

__all__ = [
    "accept",
    "accept_rules",
    "add_file",
    "add_meeting",
    "agree",
    "answer_candidate",
    "ask_to_join",
    "break_glass",
    "bring",
    "cancel_meeting",
    "change_case",
    "change_group",
    "change_meeting",
    "close_group",
    "decline",
    "empty_group",
    "erase",
    "erase_due",
    "hand_over",
    "invite",
    "leave",
    "make_group",
    "name_facilitator",
    "note_presence",
    "remove",
    "remove_file",
    "take_back",
    "take_on",
    "withdraw_invitation",
    "write_lesson",
]
