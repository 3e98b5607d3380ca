"""What readers ask, and what editors do about it: a synonym, or a note of what is still to be written."""
