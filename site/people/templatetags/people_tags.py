import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.devices import device_name

register = template.Library()
register.filter("device_name", device_name)


@register.simple_tag
def second_factor_required() -> bool:
    return bool(settings.SECOND_FACTOR_REQUIRED)


@register.filter
def readable(value: Any) -> str:
    """A value of somebody's data in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
