from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "spink.catalogue"
    label = "catalogue"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from spink.accounts.web import keeping, organisation
        from spink.catalogue.web import kept

        keeping.register(*kept.ALL)
        organisation.offer_services_with(kept.services_of_teams)
