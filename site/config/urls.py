"""Every address of the site. Wagtail's pages come last: they answer whatever is left."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.transactions import whole
from core.views import document
from people.admin_views.privacy import collection_audience, page_audience
from people.gate import admin_login_gate, password_gate
from people.oidc import government_callback, government_login
from people.second_factor import second_factor
from people.strangers import nothing_here

decorate_urlpatterns(wagtailadmin_urls.urlpatterns, whole)

# In production the web server serves them; documents always go through their view, which asks who may see them.
images = [path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"})]

urlpatterns = [
    # One gate before Wagtail's own login pages, which know no second factor.
    path("beheer/login/", admin_login_gate, name="admin_login_gate"),
    path("_util/login/", admin_login_gate, name="frontend_login_gate"),
    path("beheer/password_reset/", password_gate, name="admin_password_gate"),
    path("beheer/password_reset/<path:path>", password_gate, name="admin_password_gate_below"),
    path("beheer/pages/<int:page_id>/privacy/", page_audience, name="page_audience"),
    path("beheer/collections/<int:collection_id>/privacy/", collection_audience, name="collection_audience"),
    path("beheer/", include(wagtailadmin_urls)),
    # Forms for shared passwords, which open nothing here.
    path("_util/authenticate_with_password/<path:path>", nothing_here, name="no_page_password"),
    path("documenten/authenticate_with_password/<path:path>", nothing_here, name="no_document_password"),
    path("documenten/<int:document_id>/<path:filename>", document, name="document"),
    path("documenten/", include(wagtaildocs_urls)),
    path("account/tweede-stap/", second_factor, name="second_factor"),
    path("account/oidc/<str:provider_id>/login/", government_login, name="government_login"),
    path("account/oidc/<str:provider_id>/login/callback/", government_callback, name="government_callback"),
    path("account/", include("allauth.urls")),
    path("", include("core.finding.urls")),
    path("", include("people.urls")),
    path("", include("taxonomy.urls")),
    path("", include("practices.urls")),
    path("", include("experts.urls")),
    path("", include("events.urls")),
    path("", include("home.urls")),
    *(images if settings.SERVE_MEDIA else []),
    path("", include(wagtail_urls)),
]
