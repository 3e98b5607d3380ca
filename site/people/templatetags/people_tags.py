from django import template

from people.devices import device_name

register = template.Library()
register.filter("device_name", device_name)
