"""Django for what is measured in this process: search alone, without the site's rooms, database or settings."""


def setup() -> None:
    """Make Django ready, unless somebody did already."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            USE_I18N=False, INSTALLED_APPS=["search"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField"
        )
        django.setup()
