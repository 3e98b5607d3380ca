"""The site with many practices, in a process of its own: prints what it measures and which addresses to ask, as JSON.

Run with the environment of `bench.site_environment`; the database it names must be empty.
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import django


def main(size: int, number: int, rounds: int) -> dict[str, Any]:
    """Prepare everything, then measure what needs no web server."""
    django.setup()
    from bench.addresses import addresses, search_queries
    from bench.delay import publish_delays
    from bench.wagtail_search import measure_wagtail

    _prepare(size)
    say(f"  {size}: publishing")
    found: dict[str, Any] = {"delay": publish_delays()}
    say(f"  {size}: Wagtail's own search")
    found["wagtail"] = measure_wagtail(size, number=number, rounds=rounds)
    found["search_queries"] = search_queries(size)
    found["addresses"] = addresses(size, number=number, rounds=rounds + 1)  # one to warm up
    return found


def _prepare(size: int) -> None:
    from django.core.management import call_command

    from bench.pages import make_pages
    from home.demo.vocabulary import load_vocabulary
    from search.api import get_engine

    say(f"  {size}: tables")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    get_engine().reset()  # or the first change would set off a rebuild in the background
    call_command("setup_site", hostname="127.0.0.1", port=80, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_vocabulary()
    say(f"  {size}: pages")
    make_pages(size)
    say(f"  {size}: index of the site")
    call_command("search_index", "rebuild", verbosity=0)


def say(text: str) -> None:
    """On the way that is not the answer's."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def site_environment(directory: str | Path, database: str) -> dict[str, str]:
    """Production settings, but for TLS, which a proxy would end."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": "site:.",
        "SECRET_KEY": "of-no-use-to-anybody-and-as-long-as-a-key-should-be-0123456789",
        "MFA_ENCRYPTION_KEYS": "b2Ytbm8tdXNlLXRvLWFueWJvZHktMDEyMzQ1Njc4OTA=",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "SITE_URL": "http://127.0.0.1",
        "DATABASE_URL": database,
        "EMAIL_HOST": "localhost",
        "SECURE_SSL_REDIRECT": "false",
        "VAR_DIR": str(directory),
        "STATIC_ROOT": f"{directory}/static",
        "LOG_LEVEL": "ERROR",
    }


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):  # commands have things to say
        answer = main(*map(int, sys.argv[1:4]))
    sys.stdout.write(json.dumps(answer))
