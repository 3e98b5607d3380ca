"""What the directory registers with the rooms below, once, when the app is ready."""


def connect() -> None:
    from experts.directory import holding, my, personal_data, profile, signals
    from experts.directory.presentation import who_took_part
    from experts.directory.search import register_experts
    from people import holdings
    from practices import page_parts

    register_experts()
    signals.connect()
    profile.connect()
    personal_data.connect()
    my.connect()
    holdings.register(holding.ExpertProvider())
    page_parts.register(page_parts.Part("experts/directory/who_took_part.html", who_took_part))
