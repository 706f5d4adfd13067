from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SampleConfig(AppConfig):
    """Invented data to try the system with; nothing else imports it."""

    name = "spink.sample"
    label = "sample"
    verbose_name = _("Sample data")
