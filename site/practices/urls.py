from django.urls import URLPattern, path, register_converter

from core.converters import PageSlugConverter
from practices import views
from practices.downloads import practice_export
from practices.feeds import PracticeFeed

register_converter(PageSlugConverter, "page_slug")

urlpatterns: list[URLPattern] = [
    path("praktijken/atom.xml", PracticeFeed(), name="practice_feed"),
    path("praktijken/export.<str:extension>", practice_export, name="practice_export"),
    path("praktijken/gemeenten/", views.municipalities, name="practice_municipalities"),
    path("praktijken/<page_slug:slug>/pdf/", views.practice_pdf, name="practice_pdf"),
    path("begrippen/", views.concept_list, name="concepts"),
    path("begrippen/<slug:slug>/", views.concept, name="concept"),
]
