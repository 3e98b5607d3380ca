"""A process that has loaded what it needs, and from now on answers one question after another."""

import gc

_YOUNG = 50_000  # objects that are made before the youngest are looked at: drawing a page makes many
_GENERATIONS = (20, 50)  # of those looks, before the older ones are looked at too


def settle() -> None:
    """Leave what was loaded so far out of garbage collection: it stays until the end.

    What an answer makes lives as long as the answer, so the rest need not be looked at as often as by itself either.
    """
    gc.unfreeze()  # a second time, what is gone since is let go of
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *_GENERATIONS)
