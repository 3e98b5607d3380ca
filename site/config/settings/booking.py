"""The terms of a booking. Answers are in working days of Belgium, the rest in days of the calendar."""

BOOKING_TERMS: dict[str, int] = {
    # In working days: how long somebody has for her step.
    "draft": 15,
    "approval": 5,
    "treatment": 3,
    "answer": 5,
    "confirm": 5,
    "move": 5,
    "evaluate": 10,
    "close": 20,
    "urgent": 2,  # for every step of an urgent request
    "expire": 15,  # unanswered for so long after its term: it expires
    # In days.
    "hold": 14,  # how long the day-parts of a request are held, again at every step
    "hold_urgent": 5,
    "late": 14,  # cancelled so shortly before the first day: late
    "link": 30,  # how long a link in a mail answers
    "rest": 1,  # nobody is reminded of what happened or was mailed since
    "soon": 3,  # so long before the first day both parties hear of it once more
}
