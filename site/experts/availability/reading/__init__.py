"""Reading a calendar that is not ours: fetched with care, read in a process of its own, kept as busy times only.

See docs/decisions/0016-reading-a-foreign-calendar.md.
"""
