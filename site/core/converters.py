"""What may stand in an address."""

from django.urls.converters import StringConverter


class PageSlugConverter(StringConverter):
    """The slug of a page, as in Wagtail's own addresses: letters of any script. Not a NUL, which PostgreSQL refuses."""

    regex = r"[\w\-]+"
