"""What happens to events by itself: `manage.py events`, every five minutes. Running it twice does nothing more.

    chores.register(erase_cases)

A chore is a function without arguments that answers how much it did; it is known by its name. It keeps its own
transactions: `for_each` gives every row one of its own, so that one that fails keeps no other from its turn.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from django.db import models, transaction

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)
Chore = Callable[[], int]
Row = TypeVar("Row", bound=models.Model)
_chores: dict[str, Chore] = {}


def register(chore: Chore) -> Chore:
    """In the order in which they are done. Can stand above a function as a decorator."""
    _chores[chore.__name__] = chore
    return chore


def run() -> dict[str, int]:
    """Do all that is due; answers how much each did. A chore that fails is logged, and the others go on."""
    done = {}
    for name, chore in _chores.items():
        try:
            done[name] = chore()
        except Exception:
            logger.exception("The chore “%s” failed.", name)
            done[name] = 0
    return done


def one_by_one(pks: Iterable[int], do: Callable[[int], object]) -> int:
    """Each on its own: one that fails is logged. Answers how many were done, for which `do` did not answer False."""
    done = 0
    for pk in list(pks):
        try:
            done += do(pk) is not False
        except Exception:  # whatever is wrong with one of them, the others go on
            logger.exception("A chore failed for %s.", pk)
    return done


def for_each(due: "Callable[[], QuerySet[Row]]", do: Callable[[Row], object]) -> int:
    """Every due row in a transaction of its own, locked, and only if it is still due then.

    Not for rows whose `do` takes seats: the lock of the event comes before every other, or two wait for each other.
    """

    def whole(pk: int) -> object:
        with transaction.atomic():
            row = due().select_for_update(of=("self",)).filter(pk=pk).first()
            return row is not None and do(row)

    return one_by_one(due().values_list("pk", flat=True), whole)
