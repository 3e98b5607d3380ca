from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        from core.finding import suggestions
        from people import holdings
        from practices import personal_data
        from practices.organisations import ContactProvider
        from practices.search import register_practices
        from practices.signals import connect
        from practices.suggestions import MOST_TOWNS, towns

        register_practices()
        suggestions.register(towns, most=MOST_TOWNS)
        connect()
        holdings.register(ContactProvider())
        personal_data.connect()
