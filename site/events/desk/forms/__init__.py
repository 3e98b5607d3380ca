"""The forms of the organiser's desk."""
