"""What the desk mails a link to."""

from django.urls import URLPattern, path

from experts.desk.group_views import group_answer

urlpatterns: list[URLPattern] = [path("wie-kan/<str:token>/", group_answer, name="group_answer")]
