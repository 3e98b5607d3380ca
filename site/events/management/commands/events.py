from typing import Any

from django.core.management.base import BaseCommand

from events import chores


class Command(BaseCommand):
    help = "Do what the clock does to events: offers, reminders, links, what is erased. Run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in chores.run().items():
            self.stdout.write(f"{name}: {count}")
