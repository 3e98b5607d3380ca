from django import template
from django.conf import settings

from people.devices import device_name

register = template.Library()
register.filter("device_name", device_name)


@register.simple_tag
def second_factor_required() -> bool:
    return bool(settings.SECOND_FACTOR_REQUIRED)
