"""How long things are kept, in days; `manage.py retention` runs them and /privacy/bewaartermijnen/ shows them."""

RETENTION_DAYS: dict[str, int] = {
    "sessions": 14,  # as SESSION_COOKIE_AGE: a session ends by itself
    "cache": 1,  # they expire by themselves within the hour
    "not_activated": 30,
    "mails": 30,
    "tasks": 30,
    "uploads": 7,
    "bookings": 2 * 365,
    "booking_drafts": 180,
    "registrations": 2 * 365,  # names and addresses, after the event; answers go earlier, as each question says
    "invitations": 90,
    "refused_requests": 365,
    "inactive": 3 * 365,
    "inactive_warning": 30,  # between the warning and the deletion
    "evaluations": 2 * 365,  # the words of evaluations and reports after a booking; figures stay
    "event_evaluations": 2 * 365,  # the words of who took part in an event; figures stay
    "group_questions": 365,
    "event_mailings": 2 * 365,
    "revisions": 2 * 365,
    "audit_log": 2 * 365,  # never less than 366: the database refuses it
    "admin_log": 5 * 365,
    "availability": 30,
    "search_log": 396,  # as SEARCH_LOG_MONTHS
    "references": 180,  # of experts: after the last question, a no, or the year of a confirmation
    "event_wishes": 2 * 365,
    "event_wishes_done": 30,  # after the mail, or without a confirmation
    "intervision": 2 * 365,  # who was in a group and when, for certificates; what was said goes much sooner
    "intervision_lessons": 180,
    "intervision_cases": 60,  # at most: a group sets its own term, and events.intervision erases by that
    "expert_private": 365,  # after the expert left the pool
}
