"""All or nothing: what one request of the admin changes becomes true together, and so do its outbox rows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def whole(view: View) -> View:
    """Run a view in one transaction where the request may change something.

    Wagtail saves some things in several steps. A process that dies in between would leave half of it, or a change that
    the search index never hears of.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return wrapped


class SavedWhole(models.Model):
    """A model whose save holds what its signals write: of a plain model they run after its own transaction."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """In one transaction with whoever hears of it."""
        super().save(*args, **kwargs)
