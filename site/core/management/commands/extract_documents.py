"""`manage.py extract_documents [--all]`: takes the text out of the documents whose text waits."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.documents import get_document_model

from core.attachments.models import DocumentText, Status
from core.attachments.services import extract_document


class Command(BaseCommand):
    help = "Take the text out of documents that wait for it, so that search finds them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="read every document again")

    def handle(self, *args: Any, **options: Any) -> None:
        documents = get_document_model().objects.order_by("pk")
        if not options["all"]:
            documents = documents.exclude(pk__in=DocumentText.objects.exclude(status=Status.WAITING).values("pk"))
        ids = list(documents.values_list("pk", flat=True))
        counts: Counter[str] = Counter()
        for number, pk in enumerate(ids, start=1):
            row = extract_document(pk, again=options["all"])
            if row is None:
                continue
            result = row.reason or row.status
            counts[result] += 1
            self.stdout.write(f"{number} of {len(ids)}: {row.file_name}: {result}, {len(row.text)} characters")
            self.stdout.flush()
        summary = ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "none waited"
        self.stdout.write(f"Documents read: {summary}.")
