"""`manage.py send_mails`: try again what no mail server took yet. Run it every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from core.mail.services import deliver_waiting


class Command(BaseCommand):
    help = "Send the mails that are still waiting."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, waiting = deliver_waiting()
        if options["verbosity"]:
            self.stdout.write(f"Mails: {sent} sent, {waiting} still waiting.")
