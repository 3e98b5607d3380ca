from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "keeping"
    verbose_name = _("Keeping")

    def ready(self) -> None:
        from keeping import personal_data
        from keeping.stewardship import StewardshipProvider
        from people import holdings

        holdings.register(StewardshipProvider())
        personal_data.connect()
