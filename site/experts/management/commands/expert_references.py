"""`manage.py expert_references`, daily: asks referees to confirm; takes who left the pool out of search."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from experts.directory.references import ask_again
from experts.directory.search import document_id
from experts.models import ExpertPage
from search.outbox import enqueue

LATELY = datetime.timedelta(days=14)  # a run that was missed costs nothing


class Command(BaseCommand):
    help = "Ask referees of experts to confirm, and take experts out of search whose time in the pool is over."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        left = ExpertPage.objects.filter(pool_until__gte=today - LATELY, pool_until__lt=today)
        enqueue([document_id(pk) for pk in left.values_list("pk", flat=True)])
        self.stdout.write(f"{ask_again(today)} referees asked")
