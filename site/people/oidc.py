"""Signing in with the login of the Flemish government (ACM/IDM), an OpenID Connect provider.

Scopes are `openid profile vo`. No e-mail address is promised: our own form asks for one and a mailed code confirms it.
The national number is never asked for, and refused where it would come all the same.
"""

import logging
import re
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from requests import RequestException

from people.models import Organisation
from people.validators import KBO_DIGITS, OVO, bare_ovo

logger = logging.getLogger(__name__)
# By which of its codes an organisation comes: the field of ours and the shape of the code.
CODES = {"kbo_number": re.compile(r"[01]?\d{9}"), "ovo_code": OVO, "nis_code": re.compile(r"\d{5}")}


class GovernmentAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("No id_token")
        return super().complete_login(request, app, token, **kwargs)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """As allauth's, which trusts a token fetched over TLS; here the signature is always checked."""
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


class GovernmentProvider(OpenIDConnectProvider):  # type: ignore[misc]
    package = "allauth.socialaccount.providers.openid_connect"  # where its addresses are
    oauth2_adapter_class = GovernmentAdapter

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The scopes of the settings; allauth would add those that stand in a link."""
        return list(self.get_scope())

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return dict(self.get_auth_params())

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The pairwise `sub`; raises OAuth2Error when the two answers differ or when it is a national number."""
        subjects = {str(claims["sub"]) for claims in data.values() if claims.get("sub")}
        if len(subjects) != 1:
            raise OAuth2Error("The id_token and userinfo are about different people")
        (subject,) = subjects
        if is_national_number(subject):
            raise OAuth2Error("The provider sends national numbers as sub")
        return subject

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept beside the `sub`: the code of the organisation, and nothing of the person."""
        code = organisation_code(_claims(data))
        return {"organisation": code} if code else {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        claims = _claims(data)
        return {"first_name": claims.get("given_name", ""), "last_name": claims.get("family_name", "")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address that the provider would send is not one that we confirmed."""
        return []


def _claims(data: dict[str, Any]) -> dict[str, Any]:
    return {**data.get("id_token", {}), **data.get("userinfo", {})}


def is_national_number(text: str) -> bool:
    """Whether this is a Belgian national number: eleven digits, the last two the check on the first nine."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{11}", digits):
        return False
    check = int(digits[9:])
    return any(97 - int(prefix + digits[:9]) % 97 == check for prefix in ("", "2"))


def organisation_code(claims: dict[str, Any]) -> str:
    """The code of the organisation for which somebody signs in, as one of `CODES`; else empty."""
    code = bare_ovo(str(claims.get(settings.OIDC_ORGANISATION_CLAIM) or ""))
    return code if any(shape.fullmatch(code) for shape in CODES.values()) else ""


def organisation_of(code: str) -> Organisation | None:
    """Our organisation with this code, the successor where it merged; None when we do not know it."""
    for field, shape in CODES.items():
        if shape.fullmatch(code):
            number = code.zfill(KBO_DIGITS) if field == "kbo_number" else code
            found = Organisation.objects.filter(**{field: number}).first()
            return found.merged_into or found if found is not None else None
    return None


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Those of the settings: a provider is never a row that somebody with the database can add."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return "/account/3rdparty/"


def _answer(request: HttpRequest, view: type[OAuth2View], provider_id: str) -> HttpResponse:
    """As allauth's view, with the adapter that checks the signature; a provider that is away is a page, not a crash."""
    adapter = GovernmentAdapter(request, provider_id)
    try:
        response: HttpResponse = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, KeyError, ValueError) as error:
        logger.warning("The login of %s failed: %s", provider_id, type(error).__name__)
        response = render_authentication_error(request, adapter.get_provider(), exception=error)
    return response


@never_cache
@login_not_required
def government_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider, by a page: our policy lets no form end at another host, not even through a redirect."""
    response = _answer(request, OAuth2LoginView, provider_id)
    if not isinstance(response, HttpResponseRedirect) or response.url.startswith("/"):
        return response
    provider = GovernmentAdapter(request, provider_id).get_provider()
    return render(request, "socialaccount/leaving.html", {"address": response.url, "provider": provider})


@login_not_required
def government_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people back."""
    return _answer(request, OAuth2CallbackView, provider_id)
