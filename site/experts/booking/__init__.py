"""Bookings: who moves them, what that does, and the pages and mails of both parties."""
