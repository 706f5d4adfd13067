from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Parts that every page stands on. Knows no other app but the foundation."""

    name = "spink.web"
    label = "web"

    def ready(self) -> None:
        from spink.web import administration, navigation
        from spink.web.texts import compiled

        compiled.compile_stale()
        navigation.register(
            navigation.Item(
                label=_("Administration"),
                url_name="administration",
                position=90,
                visible=administration.is_open_to,
            )
        )
