"""Why something in a group cannot be done. Each message is for the person who tried."""


class IntervisionError(Exception):
    """A step that cannot be taken; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(IntervisionError):  # noqa: N818  # what it says is a state of affairs, as `Http404`
    """Not by this person."""


class GroupFull(IntervisionError):  # noqa: N818
    """There is no place left."""


class Stale(IntervisionError):  # noqa: N818
    """Somebody changed it since it was shown."""


class RulesNotAccepted(Exception):  # noqa: N818
    """A member who did not accept the rules as they are now: she may come in once she has."""
