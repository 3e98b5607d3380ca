"""What this part registers with the rooms below, once, when the app is ready."""


def connect() -> None:
    pass
