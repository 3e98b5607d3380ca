"""What this part registers with the rooms below, once, when the app is ready."""


def connect() -> None:
    from core.generation_watch import ignore
    from events import chores
    from events.directory import personal_data, signals
    from events.directory.search import register_events
    from events.directory.uses import led_by, used_in
    from events.directory.wishes import tell_of_next_editions
    from events.models import NextEditionWish
    from experts.directory import page_parts as expert_parts
    from practices import page_parts as practice_parts

    register_events()
    signals.connect()
    personal_data.connect()
    practice_parts.register(practice_parts.Part("events/directory/used_in.html", used_in))
    expert_parts.register(expert_parts.Part("events/directory/led_by.html", led_by))
    chores.register(tell_of_next_editions)
    ignore(NextEditionWish._meta.db_table)
