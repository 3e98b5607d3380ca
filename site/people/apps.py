from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Register the checks and the signals of login; an organisation that pages name stays.

        Who may see what is answered here, also for the search page.
        """
        from core import generation_watch
        from core.finding import readers
        from core.references import protect
        from people import audiences, belonging, checks, following, privacy, signals, strangers  # noqa: F401  # registers
        from people.audit import listening
        from people.models import Organisation

        protect(Organisation)
        following.connect()
        strangers.connect()
        belonging.connect()
        listening.connect()
        privacy.connect()
        generation_watch.ignore("people_auditentry")
        readers.register(
            readers.Gate(audiences.audiences_of, audiences.audiences_of_pages, audiences.visible_to, audiences.may_see)
        )
