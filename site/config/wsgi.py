"""The WSGI application for gunicorn: `gunicorn --pythonpath site config.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

# What a process that died left in the outbox is worked off when the next one starts.
from search.recovery import catch_up  # noqa: E402 - the apps must be loaded first

catch_up()

# What was loaded so far stays until the end: the garbage collector need not look at it with every page, nor as often as
# it would by itself, since drawing a page makes many things that all live as long as the page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
