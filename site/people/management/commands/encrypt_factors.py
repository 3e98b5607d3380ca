"""`manage.py encrypt_factors`: encrypts the secrets of the second factor with the newest key."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from people.mfa import renew


class Command(BaseCommand):
    help = "Encrypt every secret with the first of MFA_ENCRYPTION_KEYS; afterwards the older keys can go."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(renew(factor) for factor in Authenticator.objects.select_for_update())
        self.stdout.write(f"{count} factors are encrypted with the newest key.")
