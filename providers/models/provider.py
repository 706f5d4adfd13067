from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.choices import LegalForm, Ownership
from providers.models.fields import four_digits, municipality_code
from spink.foundation.encryption import EncryptedTextField, keyed_hash
from spink.foundation.identity_numbers import NotAnIdentityNumber, organisation_number
from spink.foundation.swedish import SwedishOrder


class CorporateGroup(models.Model):
    """A group (koncern) that several providers belong to."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("corporate group")
        verbose_name_plural = _("corporate groups")

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A legal entity that runs one or more care units.

    A sole trader's organisation number is a person's own number: it is kept encrypted in
    `personal_number`, found again by its keyed hash, and `organisation_number` stays empty.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    group = models.ForeignKey(
        CorporateGroup,
        on_delete=models.PROTECT,
        related_name="providers",
        verbose_name=_("corporate group"),
        null=True,
        blank=True,
    )
    legal_form = models.CharField(
        _("legal form"), max_length=30, choices=LegalForm.choices, blank=True
    )
    ownership = models.CharField(
        _("ownership"), max_length=30, choices=Ownership.choices, blank=True
    )
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    personal_number = EncryptedTextField(_("sole trader's number"), blank=True)
    personal_number_hash = models.CharField(max_length=64, blank=True, editable=False)
    municipality = municipality_code(_("municipality"))
    contact_person = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        indexes = (models.Index(SwedishOrder("name"), "id", name="provider_swedish_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation_number="")
                | Q(organisation_number__regex=r"^[0-9]{2}[2-9][0-9]{7}$"),
                name="provider_number_of_a_legal_entity",
                violation_error_message=_("This is no organisation number of a legal entity."),
            ),
            models.CheckConstraint(
                condition=~Q(legal_form=LegalForm.SOLE_TRADER) | Q(organisation_number=""),
                name="provider_sole_trader_number_hidden",
                violation_error_message=_("A sole trader's number is kept in its own field."),
            ),
            models.CheckConstraint(
                condition=Q(personal_number_hash="") | Q(legal_form=LegalForm.SOLE_TRADER),
                name="provider_personal_number_of_sole_trader",
                violation_error_message=_("Only a sole trader has a personal number."),
            ),
            models.UniqueConstraint(
                fields=("organisation_number",),
                condition=~Q(organisation_number=""),
                name="provider_number_once",
            ),
            models.UniqueConstraint(
                fields=("personal_number_hash",),
                condition=~Q(personal_number_hash=""),
                name="provider_personal_number_once",
            ),
            four_digits("municipality", "provider_municipality_four_digits"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        self.personal_number_hash = keyed_hash(self.personal_number) if self.personal_number else ""
        super().save(*args, **options)  # type: ignore[arg-type]

    def clean(self) -> None:
        super().clean()
        self.organisation_number = _checked(self.organisation_number, "organisation_number")
        self.personal_number = _checked(self.personal_number, "personal_number")


def _checked(text: str, field: str) -> str:
    if not text:
        return ""
    try:
        return organisation_number(text, sole_trader=field == "personal_number")
    except NotAnIdentityNumber as error:
        raise ValidationError({field: _("This is no organisation number.")}) from error
