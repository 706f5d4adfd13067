from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.choices import Gender
from providers.models.fields import (
    both_or_neither,
    codes,
    four_digits,
    in_order,
    kronor,
    municipality_code,
    not_negative,
)
from spink.foundation.swedish import SwedishOrder


class CareUnit(models.Model):
    """One activity with one target group and one permit; a house that runs two is two units.

    For its priority group a full unit of the municipality's own keeps its places: whoever is of the
    ages or has one of the needs belongs to it; one that is told in words only is judged by people.

    `code` is the unit's id in match documents. Ages are whole years, open ends null. Companions'
    ages hold as the unit's own where neither end is given. `municipality` is where it lies,
    `operated_by` the municipality that runs it itself. A unit with protected housing has no
    position: the database empties both fields and the address, whoever writes them.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    provider = models.ForeignKey(
        "providers.Provider",
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name=_("provider"),
    )
    operated_by = municipality_code(_("operated by"))

    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    companion_age_from = models.PositiveSmallIntegerField(
        _("companions from age"), null=True, blank=True
    )
    companion_age_to = models.PositiveSmallIntegerField(
        _("companions to age"), null=True, blank=True
    )
    genders = codes(_("genders"), max_length=10)
    drug_free = models.BooleanField(_("drug-free"), null=True, blank=True)
    needs_met = codes(_("needs met"))
    needs_refused = codes(_("needs refused"))
    priority_group = models.TextField(_("priority group"), blank=True)
    priority_age_from = models.PositiveSmallIntegerField(
        _("priority group from age"), null=True, blank=True
    )
    priority_age_to = models.PositiveSmallIntegerField(
        _("priority group to age"), null=True, blank=True
    )
    priority_needs = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("priority group's needs"),
        default=list,
        db_default=[],
        blank=True,
    )

    open_from = models.DateField(_("open from"), null=True, blank=True)
    open_to = models.DateField(_("open to"), null=True, blank=True)
    takes_acute_admissions = models.BooleanField(
        _("takes acute admissions"), default=False, db_default=False
    )

    places_total = models.PositiveIntegerField(_("places"), null=True, blank=True)
    places_occupied = models.PositiveIntegerField(_("occupied"), default=0, db_default=0)
    places_unavailable = models.PositiveIntegerField(_("unavailable"), default=0, db_default=0)
    next_free_on = models.DateField(_("next free on"), null=True, blank=True)
    places_confirmed_at = models.DateTimeField(_("places confirmed at"), null=True, blank=True)
    places_confirmed_by = models.CharField(_("places confirmed by"), max_length=200, blank=True)

    municipality = municipality_code(_("municipality"))
    district = models.CharField(_("district"), max_length=80, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    methods = codes(_("methods"), max_length=120)
    staffing = models.TextField(_("staffing"), blank=True)
    unit_director = models.CharField(_("unit director"), max_length=120, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), blank=True)

    in_house_rate = kronor(_("internal rate per day"))
    in_house_rate_from = models.DateField(_("internal rate from"), null=True, blank=True)

    class Meta:
        verbose_name = _("care unit")
        verbose_name_plural = _("care units")
        indexes = (models.Index(SwedishOrder("name"), "id", name="careunit_swedish_order"),)
        constraints = (
            models.CheckConstraint(condition=~Q(code=""), name="careunit_code_given"),
            models.CheckConstraint(
                condition=Q(genders__contained_by=Gender.values), name="careunit_genders_known"
            ),
            in_order("age_from", "age_to", "careunit_ages_in_order"),
            in_order("companion_age_from", "companion_age_to", "careunit_companion_ages_in_order"),
            in_order("priority_age_from", "priority_age_to", "careunit_priority_ages_in_order"),
            in_order("open_from", "open_to", "careunit_open_in_order"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="careunit_position_on_earth",
                violation_error_message=_("A position is both latitude and longitude."),
            ),
            both_or_neither(
                "places_confirmed_at", "places_confirmed_by", "careunit_places_confirmed_pair"
            ),
            not_negative("in_house_rate", "careunit_rate_not_negative"),
            four_digits("municipality", "careunit_municipality_four_digits"),
            four_digits("operated_by", "careunit_operated_by_four_digits"),
        )

    def __str__(self) -> str:
        return self.name


class CareUnitAddress(models.Model):
    """Where a unit lies in words. The database keeps none for protected housing."""

    unit = models.OneToOneField(CareUnit, on_delete=models.CASCADE, related_name="address")
    street = models.CharField(_("street"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self) -> str:
        return f"{self.street}, {self.postal_code} {self.city}"


class CareUnitService(models.Model):
    """A service that the unit gives. No subtypes means all of them."""

    unit = models.ForeignKey(CareUnit, on_delete=models.CASCADE, related_name="services")
    service_type = models.ForeignKey(
        "catalogue.ServiceType",
        to_field="code",
        db_column="service_type",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("service"),
    )
    subtypes = codes(_("subtypes"))
    position = models.PositiveSmallIntegerField(_("position"), default=0, db_default=0)

    class Meta:
        verbose_name = _("service of a unit")
        verbose_name_plural = _("services of a unit")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "service_type"), name="careunitservice_service_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.service_type_id}"


class Permit(models.Model):
    """A permit from IVO, which follows a legal entity and a kind of activity.

    Required without `valid_from`: it is needed and not held. Evidence is the document that was
    seen, its date, and who checked it.
    """

    unit = models.OneToOneField(CareUnit, on_delete=models.CASCADE, related_name="permit")
    required = models.BooleanField(_("required"), default=True, db_default=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    activity = models.CharField(_("activity"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    evidence_date = models.DateField(_("date of the evidence"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        constraints = (
            in_order("valid_from", "valid_to", "permit_period_in_order"),
            both_or_neither("checked_at", "checked_by", "permit_checked_pair"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.number}"


class DirectAwardVetting(models.Model):
    """Spink's decision to add a unit for direct award; without dates it holds on every day."""

    unit = models.OneToOneField(CareUnit, on_delete=models.CASCADE, related_name="direct_award")
    vetted_from = models.DateField(_("vetted from"), null=True, blank=True)
    vetted_to = models.DateField(_("vetted to"), null=True, blank=True)
    rate = kronor(_("rate"))
    rate_unit = models.CharField(_("rate unit"), max_length=20, default="day", db_default="day")
    rate_from = models.DateField(_("rate from"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("vetting for direct award")
        verbose_name_plural = _("vettings for direct award")
        constraints = (
            in_order("vetted_from", "vetted_to", "directawardvetting_period_in_order"),
            not_negative("rate", "directawardvetting_rate_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.vetted_from}"
