"""The pages of the organiser's desk."""

FORMS = ["GET", "HEAD", "POST"]
