from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = _("Taxonomy")

    def ready(self) -> None:
        """A term that pages carry stays: it can be retired or merged instead. Its names are synonyms in search."""
        from core.finding import suggestions, ways_out
        from core.references import protect
        from search.documents import register_vocabulary
        from search.synonyms import register
        from taxonomy import search, signals
        from taxonomy.models import Concept
        from taxonomy.thesaurus import synonyms

        protect(Concept)
        register(synonyms)
        register_vocabulary(search.vocabulary)
        search.register_concepts()
        suggestions.register(search.suggested, most=search.MOST_SUGGESTED)
        ways_out.register_terms(search.resembling)
        signals.connect()
