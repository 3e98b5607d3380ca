"""What this part registers with the rooms below, once, when the app is ready."""


def connect() -> None:
    from core.generation_watch import ignore
    from events import chores
    from events.directory import personal_data, signals
    from events.directory.search import register_events
    from events.directory.wishes import tell_of_next_editions
    from events.models import NextEditionWish

    register_events()
    signals.connect()
    personal_data.connect()
    chores.register(tell_of_next_editions)
    ignore(NextEditionWish._meta.db_table)
