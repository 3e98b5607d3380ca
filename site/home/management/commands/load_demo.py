"""`manage.py load_demo`: vocabulary, practices, attachments and logins to try the site with. Can be run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.demo.loader import load_demo
from practices.models import PracticePage
from search.api import get_engine
from search.documents import build_all, vocabulary
from search.outbox import drain_all


class Command(BaseCommand):
    help = "Load the demo content. What somebody edited since is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are practices already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and PracticePage.objects.exists():
            return
        if not get_engine().status().available:
            get_engine().reset()
        counts = load_demo(progress=self._progress)
        self._progress("  search index")
        get_engine().rebuild(build_all(), words=vocabulary())
        drain_all()
        self.stdout.write(self.style.SUCCESS(f"Demo content: {counts}."))

    def _progress(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
