"""`manage.py setup_site`: everything a new installation needs besides its tables. Can be run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.setup.organisations import ensure_vvsg
from home.setup.permissions import ensure_groups_and_workflow
from home.setup.tree import ensure_tree
from people.municipalities import load_municipalities


class Command(BaseCommand):
    help = "Make the page tree, the menus, the groups, the workflow and the municipalities."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hostname", help="host name of the site; of a new one localhost")
        parser.add_argument("--port", type=int, help="port of the site; of a new one 80")

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] else lambda text: None
        say("Page tree and menus …")
        ensure_tree(hostname=options["hostname"], port=options["port"])
        say("Groups and workflow …")
        ensure_groups_and_workflow()
        say("Municipalities and VVSG …")
        load_municipalities()
        ensure_vvsg()
        say(self.style.SUCCESS("The site is set up."))
