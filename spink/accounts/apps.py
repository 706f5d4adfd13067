from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "spink.accounts"
    label = "accounts"
    verbose_name = _("People and departments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from spink.accounts import menu, notices, passwords, tasks  # noqa: F401 - they take events, and tell of jobs
        from spink.accounts.web import keeping, organisation

        menu.register()
        keeping.register(*organisation.ALL)
