"""The outbox: what the index still has to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.log.models import AskedSearch

__all__ = ["AskedSearch", "OutboxEntry"]


class OutboxEntry(models.Model):
    """A document that changed, written in the transaction of the change; it stays until the engine knows."""

    document_id = models.CharField(_("document"), max_length=200)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("search outbox entry")
        verbose_name_plural = _("search outbox entries")
        ordering = ("attempts", "pk")
        indexes = (models.Index(fields=("attempts", "id"), name="search_outbox_order"),)

    def __str__(self) -> str:
        return self.document_id
