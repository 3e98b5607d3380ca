"""`manage.py load_municipalities`: make or correct the Flemish municipalities. Can run again."""

from typing import Any

from django.core.management.base import BaseCommand

from people.municipalities import load_municipalities


class Command(BaseCommand):
    help = "Load the 285 Flemish municipalities with NIS code, province and coordinates."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_municipalities()
        self.stdout.write(f"Municipalities: {loaded.created} new, {loaded.updated} corrected.")
