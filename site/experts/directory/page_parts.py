"""What the rooms above add beside the text of an expert."""

from core.page_parts import Part, Registry

__all__ = ["Part", "parts_of", "register"]

_registry = Registry()
register = _registry.register
parts_of = _registry.parts_of
