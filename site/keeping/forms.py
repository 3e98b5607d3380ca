"""How editors fill in a note of what is still to be written."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from wagtail.admin.forms import WagtailAdminModelForm


class WishForm(WagtailAdminModelForm):
    """Offers as writers only those who can write here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "writer" in self.fields:
            writers = ModelBackend().with_perm("wagtailadmin.access_admin")
            self.fields["writer"].queryset = writers.order_by("last_name", "first_name")
