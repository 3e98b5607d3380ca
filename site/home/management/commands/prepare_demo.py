"""`manage.py prepare_demo`: what `make run` does between installing and serving, in one process so that it is quick."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate, set the site up, load the demo content when there is none, and print the logins."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hostname", required=True)
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        hostname, port = options["hostname"], options["port"]
        self._say("3/5  Database, page tree, groups and municipalities …")
        call_command("migrate", verbosity=0)
        call_command("search_index", "ensure", verbosity=0)
        call_command("setup_site", hostname=hostname, port=port, verbosity=0)
        self._say("4/5  Demo content and search index …")
        call_command("load_demo", if_empty=True)
        call_command("extract_documents")
        call_command("search_index", "ensure")
        self._say("5/5  Ready.")
        call_command("demo_logins", address=f"http://{hostname}:{port}/")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
