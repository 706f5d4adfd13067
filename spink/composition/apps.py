from django.apps import AppConfig
from django.core.checks import Tags, register


class CompositionConfig(AppConfig):
    """Stands last, when every app is there."""

    name = "spink.composition"
    label = "composition"

    def ready(self) -> None:
        # Every process that may send a job knows the broker by this. It is not done in the package
        # itself, which the embedded server's keeper imports with the standard library alone.
        from spink.celery import app
        from spink.composition import checks

        app.set_default()
        register(checks.role_is_bound_by_row_security, Tags.database)
        register(checks.sources_can_be_asked)
