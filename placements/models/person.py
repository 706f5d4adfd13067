from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.domain.values import Protection
from placements.models.choices import NumberKinds, Protections, RetentionClasses
from spink.foundation import clock
from spink.foundation.encryption import EncryptedTextField


class Person(models.Model):
    """Somebody whom a unit asks for, known by this unit only; no name and no number in plain text.

    The wall stands between departments, so two departments that file for the same person have a
    row each. `number_hash` is the same for both: only a placement function sees that they meet.
    Of a protected person each filer has a row of his or her own, since nobody else may see it.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT)
    number_kind = models.CharField(
        max_length=20, choices=NumberKinds.choices, default=NumberKinds.NONE
    )
    number_hash = models.CharField(max_length=64, blank=True)
    initials = models.CharField(max_length=8, blank=True)
    protection = models.CharField(
        _("protected identity"),
        max_length=30,
        choices=Protections.choices,
        default=Protections.NONE,
    )
    own_protection = models.CharField(
        max_length=30,
        choices=Protections.choices,
        blank=True,
        default="",
        db_default="",
        help_text=_("Said of this person; `protection` is what holds, with the household's."),
    )
    retention_class = models.CharField(
        max_length=20, choices=RetentionClasses.choices, default=RetentionClasses.FIVE_YEARS
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = (
            models.Index(
                fields=("number_hash",), condition=~Q(number_hash=""), name="person_number"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "number_hash"),
                condition=~Q(number_hash="") & Q(protection=Protections.NONE.value),
                name="person_once_in_a_unit",
            ),
            models.UniqueConstraint(
                fields=("unit", "number_hash", "created_by"),
                condition=~Q(number_hash=""),
                name="person_once_for_a_filer",
            ),
            models.CheckConstraint(
                condition=Q(protection=Protections.NONE.value) | Q(initials=""),
                name="protected_person_has_no_initials",
            ),
        )

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def is_protected(self) -> bool:
        return self.protection != Protections.NONE

    @property
    def said_protection(self) -> Protection:
        """What was said of this person, without what the household adds."""
        return Protection(self.own_protection or self.protection)


class PersonIdentity(models.Model):
    """Who the person is: encrypted, and for a protected person readable by the filer alone."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="identity"
    )
    given_name = EncryptedTextField(_("given name"), blank=True)
    family_name = EncryptedTextField(_("family name"), blank=True)
    number = EncryptedTextField(_("identity number"), blank=True)
    address = EncryptedTextField(_("address"), blank=True)

    class Meta:
        verbose_name = _("identity of a person")
        verbose_name_plural = _("identities of persons")

    def __str__(self) -> str:
        return f"identity of person {self.person_id}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
