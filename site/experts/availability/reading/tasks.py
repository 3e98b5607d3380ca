"""Background work on calendars of experts."""

from django_tasks import task

from experts.availability.reading.services import refresh


@task()
def fetch_calendar(source_id: int) -> None:
    """Read the calendar at an expert's address. Can run twice without harm."""
    refresh(source_id)
