"""What the search engine tells whoever builds on it."""

import logging

from django.dispatch import Signal

logger = logging.getLogger(__name__)

# The index was made anew or mended: what was found before may be out of date, though no row of the database changed.
index_changed = Signal()


def tell() -> None:
    """Whatever a listener does wrong, the index is there."""
    for listener, answer in index_changed.send_robust(sender=None):
        if isinstance(answer, Exception):
            logger.warning("A new search index was not noticed by %s: %s", listener, answer)
