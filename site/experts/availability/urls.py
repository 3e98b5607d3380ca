from django.urls import URLPattern, path

from experts.availability import feed, views

urlpatterns: list[URLPattern] = [
    path("mijn/expert/beschikbaarheid/", views.my_availability, name="my_availability"),
    path("mijn/expert/<int:expert_id>/beschikbaarheid/", views.availability, name="availability"),
    path("mijn/expert/<int:expert_id>/agenda/nieuw-adres/", views.feed_renew, name="availability_feed_renew"),
    path("mijn/expert/uitzonderingen/<int:pk>/", views.exception, name="availability_exception"),
    path(
        "mijn/expert/uitzonderingen/<int:pk>/verwijderen/",
        views.exception_remove,
        name="availability_exception_remove",
    ),
    path("kalender/<str:secret>.ics", feed.expert_feed, name="expert_feed"),
]
