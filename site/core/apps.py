from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Register the checks; from now on documents and images that are used somewhere stay."""
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model

        from core import checks  # noqa: F401  # registers them
        from core.references import protect

        protect(get_document_model())
        protect(get_image_model())
