from django.urls import URLPattern, path

from experts.directory import views

urlpatterns: list[URLPattern] = [
    path("mijn/expert/", views.my_experts, name="my_experts"),
    path("mijn/expert/<int:pk>/", views.my_expert, name="my_expert"),
    path("mijn/expert/<int:pk>/profiel/", views.my_profile, name="my_expert_profile"),
    path("mijn/expert/<int:pk>/gegevens/", views.my_private, name="my_expert_private"),
    path("mijn/expert/<int:pk>/referentie/", views.my_reference, name="my_expert_reference"),
    path("referentie/<str:token>/", views.reference, name="expert_reference"),
]
