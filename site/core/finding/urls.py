from django.urls import URLPattern, path

from core.finding import views

urlpatterns: list[URLPattern] = [
    path("zoeken/", views.search, name="search"),
    path("zoeken/suggesties/", views.suggestions, name="search_suggestions"),
]
