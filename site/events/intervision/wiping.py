"""What is erased is gone from the file of the database too, as far as a program can see to that.

SQLite only marks the place of an old text as free, unless it is told to write zeros over it. Its log (WAL) still holds
the pages of before: it is cut off after commit. PostgreSQL keeps an old row until VACUUM; autovacuum does that. Backups
that were made before are for whoever keeps them (docs/decisions).
"""

import logging
from functools import partial

from django.db import DatabaseError, connection, transaction

logger = logging.getLogger(__name__)


def overwriting() -> None:
    """From now on this connection writes zeros over what it deletes or changes; the log is cut after commit."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
    transaction.on_commit(partial(_cut_log), robust=True)


def _cut_log() -> None:
    """Readers may be in the way: the next time it is cut."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError:
        logger.info("The log of the database could not be cut now.")
