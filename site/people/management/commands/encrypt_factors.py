"""`manage.py encrypt_factors`: encrypts the secrets in the database with the newest key."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from people.mfa import SealedTextField, renew, renew_all


class Command(BaseCommand):
    help = "Encrypt every secret with the first of MFA_ENCRYPTION_KEYS; afterwards the older keys can go."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(renew(factor) for factor in Authenticator.objects.select_for_update())
        fields = [field for model in apps.get_models() for field in model._meta.local_fields]
        others = sum(renew_all(field) for field in fields if isinstance(field, SealedTextField))
        self.stdout.write(f"{count} factors and {others} other secrets are encrypted with the newest key.")
