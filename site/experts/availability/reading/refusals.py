"""Why a calendar was not read."""


class Unreadable(Exception):  # noqa: N818  # what it is, as in core.attachments
    """The message is for the expert; it never holds the address, which is a secret of hers."""
