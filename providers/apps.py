from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "providers"
    label = "providers"
    verbose_name = _("Provider register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for job in ("tasks", "notices", "documents"):  # all of these need the models
            import_module(f"providers.{job}")
        for page in ("navigation", "control.navigation", "control.works", "told"):
            import_module(f"providers.web.{page}")
