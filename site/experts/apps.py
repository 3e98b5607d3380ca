from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "experts"
    verbose_name = _("Expert pool")

    def ready(self) -> None:
        from experts.afterwards import connecting as afterwards
        from experts.availability import connecting as availability
        from experts.booking import connecting as booking
        from experts.desk import connecting as desk
        from experts.directory import connecting as directory

        directory.connect()
        availability.connect()
        booking.connect()
        afterwards.connect()
        desk.connect()
