"""Settings of people and login: allauth throughout, a second factor for editors, and ACM/IDM where it is set up."""

from typing import Any

from .environment import env

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Signing up and in
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "people.forms.NamedSignupForm"}
ACCOUNT_SIGNUP_REDIRECT_URL = "/mijn/organisatie/"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Per address (ip), per signed-in user (user) or per account (key). The key of a failed login holds the address too
# (people.adapter): whoever guesses is shut out himself, not the person whose account it is.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/10s/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
# Wrong guesses from one address, in so many seconds (people.throttle)
WRONG_CODE_LIMITS: dict[str, tuple[int, int]] = {
    "certificate": (30, 600),
    "attendance": (30, 600),
    "event_wish": (10, 3600),  # no guess: every one may be a mail to somebody
}
INVITATION_LIMITS: dict[str, int] = {"inviter": 200, "address": 5}  # sent by one person, got by one address, in a day

# The second factor
SECOND_FACTOR_REQUIRED = True  # for whoever can enter the admin
MFA_ADAPTER = "people.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_TOLERANCE = 1  # clocks of phones run half a minute off
MFA_FORMS = {
    "add_webauthn": "people.passkeys.AddPasskeyForm",
    "edit_webauthn": "people.passkeys.RenamePasskeyForm",
    "login_webauthn": "people.passkeys.LoginPasskeyForm",
    "authenticate_webauthn": "people.passkeys.SecondStepPasskeyForm",
    "reauthenticate_webauthn": "people.passkeys.ConfirmPasskeyForm",
}
# Encrypts the secrets of the second factor; the first one encrypts, all of them decrypt. Without any, a key is derived
# from SECRET_KEY: production asks for them.
MFA_ENCRYPTION_KEYS: list[str] = env.list("MFA_ENCRYPTION_KEYS", [])

# The login of the Flemish government (ACM/IDM) over OpenID Connect, where the environment names it
SOCIALACCOUNT_ADAPTER = "people.oidc.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # no e-mail address is promised: our form asks for one
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
OIDC_ORGANISATION_CLAIM = env.str("OIDC_ORGANISATION_CLAIM", "vo_orgcode")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {"provider_class": "people.oidc.GovernmentProvider", "APPS": []}
}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "acmidm",
            "name": env.str("OIDC_NAME", "ACM/IDM"),
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {
                "server_url": OIDC_SERVER_URL,
                "scope": ["openid", "profile", "vo"],
                "oauth_pkce_enabled": True,
            },
        }
    )

# Wagtail's own ways to a password or an address would go around all this.
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
PASSWORD_REQUIRED_TEMPLATE = "403.html"  # noqa: S105  # never used: shared passwords are switched off
