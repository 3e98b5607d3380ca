"""Every change of who belongs where. Views ask `people.permissions` first; the rules themselves are kept here."""
