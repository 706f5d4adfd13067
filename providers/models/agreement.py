from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models.choices import AgreementForm
from providers.models.fields import codes, in_order, not_negative


class Agreement(models.Model):
    """A framework agreement or an IOP: it holds for its parties, its lots and its period.

    `parties` are the codes of the contracting municipalities; an agreement without any covers
    nothing. Dates are inclusive, an open end is null.
    """

    code = models.CharField(_("code"), max_length=80, unique=True)
    provision_form = models.CharField(
        _("provision form"), max_length=20, choices=AgreementForm.choices, blank=True
    )
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    provider = models.ForeignKey(
        "providers.Provider",
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name=_("provider"),
        null=True,
        blank=True,
    )
    parties = codes(_("contracting municipalities"), max_length=4)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = (in_order("valid_from", "valid_to", "agreement_period_in_order"),)

    def __str__(self) -> str:
        return self.name or self.code


class AgreementLot(models.Model):
    """A part (delområde) of an agreement. Without a service it covers nothing; no subtypes, all."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="lots")
    code = models.CharField(_("code"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    service_type = models.ForeignKey(
        "catalogue.ServiceType",
        to_field="code",
        db_column="service_type",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("service"),
        null=True,
        blank=True,
    )
    subtypes = codes(_("subtypes"))

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = (
            models.UniqueConstraint(fields=("agreement", "code"), name="agreementlot_code_once"),
        )

    def __str__(self) -> str:
        return f"{self.agreement} {self.name or self.code}".strip()


class AgreementUnit(models.Model):
    """A unit's place in a lot. `rank` orders within the lot; `position` among the unit's own."""

    lot = models.ForeignKey(AgreementLot, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(
        "providers.CareUnit", on_delete=models.CASCADE, related_name="agreements"
    )
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, db_default=0)

    class Meta:
        verbose_name = _("unit in an agreement")
        verbose_name_plural = _("units in an agreement")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("unit", "lot"), name="agreementunit_lot_once"),
        )

    def __str__(self) -> str:
        return f"{self.lot_id} {self.unit_id}"


class Price(models.Model):
    """What the unit costs under the agreement from a day on; null is from the agreement's start."""

    agreement_unit = models.ForeignKey(
        AgreementUnit, on_delete=models.CASCADE, related_name="prices"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    rate = models.DecimalField(_("rate"), max_digits=12, decimal_places=2)
    rate_unit = models.CharField(_("rate unit"), max_length=20, default="day", db_default="day")

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = (
            not_negative("rate", "price_rate_not_negative"),
            models.UniqueConstraint(
                fields=("agreement_unit", "valid_from"),
                name="price_once_a_day",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.rate} {self.valid_from}"
