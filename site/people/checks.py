"""System checks of login: what an installation needs so that nobody gets around it. Ids start with ``people.``."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning

from people.mfa import derived_key, is_key

# Each worker or request would count for itself.
UNSHARED_CACHES = ("locmem.LocMemCache", "dummy.DummyCache")


@register(Tags.security, deploy=True)
def second_factor_is_required(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.W001: without it a stolen password opens the admin."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    hint = "Set SECOND_FACTOR_REQUIRED = True."
    return [CheckWarning("The admin opens without a second factor.", hint=hint, id="people.W001")]


@register(Tags.security, deploy=True)
def factor_secrets_have_a_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.E001: the secrets of the second factor are encrypted with a key of their own."""
    keys = settings.MFA_ENCRYPTION_KEYS
    if keys and all(map(is_key, keys)) and derived_key(settings.SECRET_KEY) not in keys:
        return []
    hint = "Every key is 32 random bytes in URL-safe base64; .env.example says how to make one."
    return [Error("MFA_ENCRYPTION_KEYS has no usable key.", hint=hint, id="people.E001")]


@register(Tags.security, deploy=True)
def limits_are_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.E002: the limits against guessing hold for all workers together, so the cache is one for all."""
    if not settings.CACHES["default"]["BACKEND"].endswith(UNSHARED_CACHES):
        return []
    hint = "Use the database cache (manage.py createcachetable), Redis or Memcached."
    return [Error("Workers do not share the cache that counts failed logins.", hint=hint, id="people.E002")]


@register(Tags.security, deploy=True)
def limits_are_on(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.E003: failed logins are counted."""
    limits = settings.ACCOUNT_RATE_LIMITS
    if isinstance(limits, dict) and limits.get("login_failed"):
        return []
    return [Error("ACCOUNT_RATE_LIMITS does not limit failed logins.", id="people.E003")]


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.E004: behind a proxy every visitor has the proxy's address, and one guesser would shut out everybody."""
    trusted: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if not settings.SECURE_PROXY_SSL_HEADER or trusted > 0:
        return []
    hint = "Set TRUSTED_PROXY_COUNT to the number of proxies that add to X-Forwarded-For."
    return [Error("The site is behind a proxy, but no proxy is trusted.", hint=hint, id="people.E004")]
