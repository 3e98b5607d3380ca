"""Who takes part: registering, the waiting list, offers, replacing, cancelling, and the mails of each."""
