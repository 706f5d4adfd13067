from importlib import import_module

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "spink.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("spink.foundation.tasks")  # names the outbox's publisher; needs the models
