"""`manage.py bookings`: release holds, remind, bring to VVSG, expire, mark as delivered, ask to look back.

Run it every hour.
"""

from typing import Any

from django.core.management.base import BaseCommand

from experts.afterwards import reminding
from experts.booking import chores


class Command(BaseCommand):
    help = "Do what is due for the bookings of the expert pool. Running it twice does nothing more."

    def handle(self, *args: Any, **options: Any) -> None:
        done = chores.run()
        done["asked to look back"] = reminding.ask()
        if options["verbosity"]:
            words = ", ".join(f"{number} {name}" for name, number in done.items() if number)
            self.stdout.write(f"Bookings: {words or 'nothing to do'}.")
