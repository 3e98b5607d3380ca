from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home import retention
        from home.asked.counting import connect
        from home.search import register_pages

        register_pages()
        connect()
        retention.connect()
