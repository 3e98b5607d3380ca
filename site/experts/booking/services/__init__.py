"""Every change of a booking. Keyword-only and atomic; each checks under lock who asks, the state and the version seen
(`seen`), writes history, gives somebody the turn and mails. All raise BookingError; see `experts.booking.exceptions`.
"""

from experts.booking.services.answering import accept, refuse
from experts.booking.services.asking import approve, change_draft, draft, send_back, submit
from experts.booking.services.ending import cancel, close, deliver, evaluate, expire, withdraw
from experts.booking.services.moving import accept_move, move, refuse_move
from experts.booking.services.treating import confirm, pass_on, propose, take_up

__all__ = [
    "accept",
    "accept_move",
    "approve",
    "cancel",
    "change_draft",
    "close",
    "confirm",
    "deliver",
    "draft",
    "evaluate",
    "expire",
    "move",
    "pass_on",
    "propose",
    "refuse",
    "refuse_move",
    "send_back",
    "submit",
    "take_up",
    "withdraw",
]
