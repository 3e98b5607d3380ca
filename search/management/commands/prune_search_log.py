"""manage.py prune_search_log"""

from typing import Any

from django.core.management.base import BaseCommand

from search.log.store import prune


class Command(BaseCommand):
    """Forgets old counts."""

    help = "Delete the counts of searches that are older than SEARCH_LOG_MONTHS. Run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many went."""
        self.stdout.write(f"{prune()} rows of the search log deleted.")
