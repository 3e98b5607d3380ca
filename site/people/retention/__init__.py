"""What people hold and for how long: accounts, memberships, sessions, revisions and logs."""

from people.retention import accounts, traces


def connect() -> None:
    """Called once, when the app is ready."""
    accounts.connect()
    traces.connect()
