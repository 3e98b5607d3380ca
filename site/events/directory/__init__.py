"""What a visitor finds: the listing, the calendar, the page of an event, feeds."""
