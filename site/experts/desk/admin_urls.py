"""Addresses of VVSG's desk, below the admin's."""

from django.urls import URLPattern, path

from experts.desk import budget, figures, group_views, views

app_name = "expert_desk"
urlpatterns: list[URLPattern] = [
    path("", views.board, name="board"),
    path("telefoon/", views.phone, name="phone"),
    path("wie-kan/", group_views.questions, name="questions"),
    path("wie-kan/nieuw/", group_views.ask, name="ask"),
    path("wie-kan/<int:pk>/", group_views.question, name="question"),
    path("wie-kan/<int:pk>/antwoord/<int:answer_pk>/", group_views.note, name="note_answer"),
    path("wie-kan/<int:pk>/sluiten/", group_views.close, name="close_question"),
    path("budget/", budget.years, name="budget"),
    path("budget/nieuw/", budget.year, name="new_year"),
    path("budget/<int:year>/", budget.year, name="year"),
    path("budget/<int:year>/meer/", budget.allow, name="allow"),
    path("cijfers/", figures.figures, name="figures"),
    path("cijfers/export.xlsx", figures.export, name="figures_export"),
    path("<uuid:uid>/", views.booking, name="booking"),
    path("<uuid:uid>/wie-past/", views.match, name="match"),
    path("<uuid:uid>/samenvoegen/", views.merge, name="merge"),
    path("<uuid:uid>/<slug:name>/", views.act, name="act"),
]
