"""What an organiser of VVSG sees of intervision: groups and figures, below the desk of events."""

from django.urls import URLPattern, path

from events.intervision import admin_views

urlpatterns: list[URLPattern] = [
    path("", admin_views.groups, name="intervision_groups"),
    path("nieuw/", admin_views.make, name="intervision_make"),
    path("<uuid:uid>/", admin_views.group, name="intervision_group"),
    path("<uuid:uid>/begeleider/", admin_views.facilitator, name="intervision_facilitator"),
    path("<uuid:uid>/sluiten/", admin_views.close, name="intervision_close_group"),
]
