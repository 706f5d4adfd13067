from django.db import models
from django.utils.translation import gettext_lazy as _


class RegisterSetting(models.Model):
    """The register's own settings: one row, numbered and kept in the diary like the rest.

    `places_horizon_days`: a place that is taken today may be free that many days ahead, so for a
    start beyond it a full unit is not excluded; null means that fullness always excludes.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    places_horizon_days = models.PositiveSmallIntegerField(
        _("horizon for places in days"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("settings of the register")
        verbose_name_plural = _("settings of the register")
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="registersetting_one_row"),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
