from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "placements"
    label = "placements"
    verbose_name = _("Placements")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They need the models.
        for handlers in ("writing", "mail", "digest", "deviations", "hooks"):
            import_module(f"placements.notifications.{handlers}")
        for handlers in ("checking", "sweeping"):
            import_module(f"placements.attachments.{handlers}")
        import_module("placements.tasks")
        for side in (
            "shared.news",
            "administration",
            "decisions",
            "deviations",
            "filing",
            "followup",
            "placing",
            "reviewing",
            "selfcheck",
        ):
            import_module(f"placements.web.{side}.navigation")
        import_module("placements.web.placing.previewing")
