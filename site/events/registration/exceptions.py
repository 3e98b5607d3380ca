"""Why somebody cannot register, or a registration cannot be changed. Each message is for the person who tried."""

from uuid import UUID


class RegistrationError(Exception):
    """A step that cannot be taken; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Full(RegistrationError):  # noqa: N818  # what it says is a state of affairs, as `Http404`
    """No seat, and nobody asked for the waiting list, or there is none. `waiting`: why she could only wait."""

    def __init__(self, message: str, waiting: str = "") -> None:
        super().__init__(message)
        self.waiting = waiting


class Closed(RegistrationError):  # noqa: N818
    """Not yet, or not any more."""


class NotAllowed(RegistrationError):  # noqa: N818
    """Not by this person, or not for this person."""


class AlreadyRegistered(RegistrationError):  # noqa: N818
    """This person has a registration; `uid` is its."""

    def __init__(self, message: str, uid: UUID | None = None) -> None:
        super().__init__(message)
        self.uid = uid


class Stale(RegistrationError):  # noqa: N818
    """Something changed since the page was shown."""
