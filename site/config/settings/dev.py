"""Settings of `make run`: SQLite, mail on the console, everything on this machine. Never for production."""

from .base import *  # noqa: F403
from .environment import VAR_DIR, env

# Off by default, so that `make run` shows the site as visitors will see it; `make dev` switches it on.
DEBUG = env.bool("DEBUG", default=False)
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
SECRET_KEY = env.str("SECRET_KEY", "development-only-key-that-protects-nothing-and-is-long-enough")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_FILE_PATH = env.str("MAIL_DIR", "")  # mail goes to the console, or as files into this folder
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'console'}.EmailBackend"
DEMO = True
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)  # the demo's editors have no phone

VAR_DIR.mkdir(parents=True, exist_ok=True)
STATIC_ROOT = VAR_DIR / "static"  # nothing is collected here: whitenoise reads the sources
STATIC_ROOT.mkdir(exist_ok=True)
