"""The standing pages as search results."""

from django.utils.translation import gettext_lazy as _

from core.finding import kinds
from core.finding.pages import page_kind
from home.models import StandardPage
from home.presentation import PAGE


def register_pages() -> None:
    kinds.register(page_kind(StandardPage, name=PAGE, slug="pagina", label=_("page"), plural=_("pages"), place=90))
