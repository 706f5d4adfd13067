"""The domain's codes with the words that users see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.roles import Role


class Roles(models.TextChoices):
    SOCIAL_WORKER = Role.SOCIAL_WORKER.value, _("Social worker")
    OUT_OF_HOURS_WORKER = Role.OUT_OF_HOURS_WORKER.value, _("Out-of-hours worker")
    UNIT_MANAGER = Role.UNIT_MANAGER.value, _("Unit manager")
    LOCAL_PROCUREMENT_COORDINATOR = (
        Role.LOCAL_PROCUREMENT_COORDINATOR.value,
        _("Local procurement coordinator"),
    )
    PLACEMENT_OFFICER = Role.PLACEMENT_OFFICER.value, _("Placement officer")
    QUALITY_CONTROLLER = Role.QUALITY_CONTROLLER.value, _("Quality and control")
    LAWYER = Role.LAWYER.value, _("Lawyer")
    CATEGORY_LEAD = Role.CATEGORY_LEAD.value, _("Category lead")
    CONTROLLER = Role.CONTROLLER.value, _("Controller")
    ADMINISTRATOR = Role.ADMINISTRATOR.value, _("Administrator")
