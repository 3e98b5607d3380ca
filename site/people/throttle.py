"""Whoever guesses at codes is shut out for a while. Only wrong guesses count: a whole room shares one address.

Counted in the cache that all workers share, as the limits of login are. Two requests at once may go one over.
"""

import hashlib
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Throttle:
    """`name` is a limit in WRONG_CODE_LIMITS: how many wrong guesses in how many seconds. Without one, no limit."""

    name: str

    def _key(self, request: HttpRequest, about: object) -> str:
        whose = hashlib.sha256(f"{get_ip(request)}:{about}".encode()).hexdigest()
        return f"wrong-code:{self.name}:{whose}"

    def is_shut(self, request: HttpRequest, about: object = "") -> bool:
        limit = settings.WRONG_CODE_LIMITS.get(self.name)
        return limit is not None and cache.get(self._key(request, about), 0) >= limit[0]

    def note(self, request: HttpRequest, about: object = "") -> None:
        """One wrong guess. The time runs from the first of them."""
        limit = settings.WRONG_CODE_LIMITS.get(self.name)
        if limit is None:
            return
        key = self._key(request, about)
        if not cache.add(key, 1, limit[1]):
            try:
                cache.incr(key)
            except ValueError:  # it ended this very moment
                cache.add(key, 1, limit[1])
