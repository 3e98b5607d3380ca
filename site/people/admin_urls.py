"""Addresses of VVSG's member pages, below the admin's."""

from django.urls import URLPattern, path

from people.admin_views import history, livc, members, merging, queue

app_name = "members_admin"
urlpatterns: list[URLPattern] = [
    path("aanvragen/", queue.queue, name="queue"),
    path("aanvragen/<int:pk>/", queue.decide, name="request"),
    path("livc-r/", livc.circle, name="livc"),
    path("livc-r/toelaten/", livc.grant, name="livc_grant"),
    path("livc-r/<int:pk>/bevestigen/", livc.confirm, name="livc_confirm"),
    path("livc-r/<int:pk>/beeindigen/", livc.end, name="livc_end"),
    path("organisaties/<int:pk>/samenvoegen/", merging.merge, name="merge"),
    path("<int:pk>/geschiedenis/", history.history, name="history"),
    path("overzicht/", members.MembersView.as_view(), name="members"),
    path("overzicht/results/", members.MembersView.as_view(results_only=True), name="members_results"),
    path("zonder-eigenaar/", members.OwnerlessView.as_view(), name="ownerless"),
    path("zonder-eigenaar/results/", members.OwnerlessView.as_view(results_only=True), name="ownerless_results"),
]
