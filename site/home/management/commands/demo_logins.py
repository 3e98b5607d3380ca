"""`manage.py demo_logins`: says where the site is and with which logins to try it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.demo.members import DOMAIN
from home.demo.people import DEMO_PASSWORD, DEMO_PEOPLE
from people.models import User


class Command(BaseCommand):
    help = "Print the address and the demo logins that exist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"]
        lines = ["", f"  Ankerplaats is at  {address}", f"  Editing:           {address}beheer/", ""]
        known = set(User.objects.values_list("email", flat=True))
        shown = [person for person in DEMO_PEOPLE if person.email in known]
        if shown:
            lines.append(f"  Demo logins, all with the password {DEMO_PASSWORD}:")
            lines += [f"    {person.role:<13} {person.email}" for person in shown]
            lines += [
                "  Editing needs no second step here; a real site asks editors for one.",
                f"  Make an account with an address @{DOMAIN} to see somebody join; mails are printed below.",
            ]
        self.stdout.write("\n".join([*lines, "", "  Stop with Ctrl-C.", ""]))
