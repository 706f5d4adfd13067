from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.models.dated import Dated, DatedQuerySet, Named, Referring


class Area(models.TextChoices):
    ADULTS = "vuxen", _("Adults")
    CHILDREN = "barn_unga", _("Children and youth")
    DISABILITY = "funktionsstod", _("Disability support")


class ServiceType(Named, Referring, Dated):
    """A service that is asked for (insats).

    `valid_to` is the last day on which requests are routed here. A service that is not routed
    here is refused with its `referral_sv`, which says where to turn.
    """

    code = models.SlugField(max_length=60, unique=True)
    area = models.CharField(max_length=20, choices=Area.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_requested = models.BooleanField(
        default=True, help_text=_("Whether requests for it are filed here at all.")
    )
    asks_drug_free = models.BooleanField(default=False)
    subtype_required = models.BooleanField(default=False)
    points_to_sis_shortage = models.BooleanField(default=False)

    objects = DatedQuerySet["ServiceType"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("position", "code")


class Subtype(Named, Dated):
    """A direction within a service (delkategori). Its code is what match documents name."""

    service_type = models.ForeignKey(ServiceType, on_delete=models.CASCADE, related_name="subtypes")
    code = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet["Subtype"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("subtype")
        verbose_name_plural = _("subtypes")
        ordering = ("position", "code")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("service_type", "code"), name="subtype_code_once"),
        )


class ServiceRung(Dated):
    """A rung of the ladder that exists for a service. Part of the register's diary."""

    service_type = models.ForeignKey(ServiceType, on_delete=models.CASCADE, related_name="rungs")
    provision_form = models.CharField(
        max_length=20, choices=[(form.value, form.value) for form in ProvisionForm]
    )

    objects = DatedQuerySet["ServiceRung"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("rung of a service")
        verbose_name_plural = _("rungs of services")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("service_type", "provision_form", "valid_from"),
                name="rung_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_type}: {self.provision_form}"


class ServiceSplit(Dated):
    """A decided split: the share of new assignments that goes to own units."""

    service_type = models.ForeignKey(ServiceType, on_delete=models.CASCADE, related_name="splits")
    own_share = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
    )

    objects = DatedQuerySet["ServiceSplit"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("decided split")
        verbose_name_plural = _("decided splits")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(own_share__gte=0, own_share__lte=1), name="own_share_is_a_share"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_type}: {self.own_share}"
