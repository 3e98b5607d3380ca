"""The WSGI application for gunicorn: `gunicorn --pythonpath site config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

# What a process that died left in the outbox is worked off when the next one starts.
from core.settled import settle  # noqa: E402 - the apps must be loaded first
from search.recovery import catch_up  # noqa: E402

catch_up()
settle()
