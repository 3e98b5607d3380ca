from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from experts.availability.reading.services import refresh
from experts.models import CalendarSource


class Command(BaseCommand):
    help = "Read the calendars of experts again by their addresses. Run it every hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expert", type=int, help="only of this expert (number of the page)")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = CalendarSource.objects.exclude(url="").order_by("tried_at")
        if options["expert"]:
            sources = sources.filter(expert=options["expert"])
        results = [refresh(pk) for pk in sources.values_list("pk", flat=True)]
        self.stdout.write(f"{sum(results)} read, {len(results) - sum(results)} failed.")
