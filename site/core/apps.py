from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Register the checks; from now on what is used stays, and the text of documents follows their files."""
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model

        from core import (
            checks,  # noqa: F401  # registers them
            generation_watch,
            routing,
        )
        from core.attachments import signals
        from core.finding import signals as finding_signals
        from core.references import protect
        from search.signals import index_changed

        protect(get_document_model())
        protect(get_image_model())
        signals.connect()
        finding_signals.connect()
        generation_watch.connect()
        index_changed.connect(generation_watch.index_changed, dispatch_uid="generation")
        routing.remember_root_paths()
