"""`manage.py retention`: delete or make anonymous what has passed its term. Run it every night."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import retention


class Command(BaseCommand):
    help = "Delete or make anonymous what has passed its term. Can run any number of times."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count what has passed its term.")
        parser.add_argument("--only", action="append", default=[], metavar="RULE", help="Only this rule.")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = retention.run(rehearse=options["dry_run"], only=options["only"])
        heading = "due" if options["dry_run"] else "done"
        if options["verbosity"]:
            self.stdout.write(f"{'rule':<22} {'days':>5} {heading:>6}")
            for outcome in outcomes:
                rule = outcome.rule
                self.stdout.write(f"{rule.name:<22} {rule.days:>5} {outcome.error or outcome.count:>6}")
        if any(outcome.error for outcome in outcomes):
            sys.exit(1)
