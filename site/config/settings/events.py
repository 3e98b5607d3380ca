"""The terms of events: how long a seat is held, and when participants hear from us."""

EVENT_TERMS: dict[str, int] = {
    # In hours.
    "offer": 48,  # how long an offered seat is held; never more than half of the time that is left until the start
    "last_offer": 2,  # so shortly before the start nobody is offered a seat any more
    "link": 24,  # so long before a session its online link is shown and mailed
    "key": 2,  # how long a link of a mail, once opened, opens the pages of that registration
    "attendance": 1,  # so long before a session attendance can be noted, by an organiser or with a code
    "thanks": 16,  # so long after the end participants are thanked: who was there is noted by then
    # In days.
    "attendance_after": 7,  # so long after a session attendance can be noted
    "evaluation": 60,  # after the event the link to its questions ends
    "reminder": 4,  # so long before the start participants are reminded
    "page": 60,  # after the event the links of its mails end
}

# How often one visitor may try guest links, as allauth counts.
EVENT_RATES = {"guest_link": "60/m/ip"}
