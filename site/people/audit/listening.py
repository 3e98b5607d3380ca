"""Connects the audit log to what it hears."""

from people.audit import content, logins, rights


def connect() -> None:
    """Called once, when the app is ready."""
    for number, (signal, listener) in enumerate(logins.LISTENERS):
        signal.connect(listener, weak=False, dispatch_uid=f"audit_login_{number}")
    rights.connect()
    content.connect()
