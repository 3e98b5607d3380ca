"""What the directory registers with the rooms below, once, when the app is ready."""


def connect() -> None:
    from experts.directory import signals
    from experts.directory.search import register_experts

    register_experts()
    signals.connect()
