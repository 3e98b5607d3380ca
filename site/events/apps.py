from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events.desk import connecting as desk
        from events.directory import connecting as directory
        from events.intervision import connecting as intervision
        from events.presence import connecting as presence
        from events.registration import connecting as registration

        directory.connect()
        registration.connect()
        presence.connect()
        intervision.connect()
        desk.connect()
