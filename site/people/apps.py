from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """An organisation that pages name stays."""
        from core.references import protect
        from people.models import Organisation

        protect(Organisation)
