"""`manage.py expire_memberships`: end LIVC-R memberships past their last day, remind a month before. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from people.services import livc


class Command(BaseCommand):
    help = "End LIVC-R memberships past their last day and mail reminders. Rights end on time without it."

    def handle(self, *args: Any, **options: Any) -> None:
        ended, reminded = livc.expire(), livc.remind()
        if options["verbosity"]:
            self.stdout.write(f"LIVC-R memberships: {ended} ended, {reminded} reminded.")
