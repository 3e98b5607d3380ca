"""The addresses of this part."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from events.directory import feeds, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("vorming/kalender/", views.calendar, name="event_calendar"),
    path("vorming/kalender.ics", feeds.calendar_file, name="event_calendar_file"),
    path("vorming/atom.xml", require_safe(feeds.EventFeed()), name="event_feed"),
    path("vorming/seintje/<str:token>/", views.wish_link, name="event_wish_link"),
    path("vorming/<page_slug:slug>/seintje/", views.event_wish, name="event_wish"),
    path("vorming/<page_slug:slug>/agenda.ics", feeds.event_file, name="event_file"),
]
