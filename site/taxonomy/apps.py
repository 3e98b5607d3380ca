from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = _("Taxonomy")

    def ready(self) -> None:
        """A term that pages carry stays: it can be retired or merged instead. Its names are synonyms in search."""
        from core.references import protect
        from search.synonyms import register
        from taxonomy.models import Concept
        from taxonomy.thesaurus import synonyms

        protect(Concept)
        register(synonyms)
