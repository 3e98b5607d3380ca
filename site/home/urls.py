from django.urls import URLPattern, path
from wagtail.contrib.sitemaps.views import sitemap

from home import views
from home.sitemaps import SITEMAPS

urlpatterns: list[URLPattern] = [
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
]
