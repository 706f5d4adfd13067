from django.apps import AppConfig


class WebConfig(AppConfig):
    """Parts that every page stands on. Knows no other app but the foundation."""

    name = "spink.web"
    label = "web"

    def ready(self) -> None:
        from spink.web.texts import compiled

        compiled.compile_stale()
