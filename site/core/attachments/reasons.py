"""Why a document has no text to search. Shared with the worker, so without Django."""

from enum import StrEnum


class Reason(StrEnum):
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    SCANNED = "scanned"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
