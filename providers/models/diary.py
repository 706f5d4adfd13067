from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegisterNumber(models.Model):
    """The one row whose lock gives out numbers: the last number, and the time of its edition."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="registernumber_one_row"),
        )

    def __str__(self) -> str:
        return str(self.number)


class RegisterEdition(models.Model):
    """One transaction that changed the register: its number, when it was committed, and by whom.

    Written by the database alone. A later number is never earlier in time. `dated` tells that
    `at` was given by who loaded sample data, and is not the clock's. `mark` tells an edition from
    another of the same number in a copy of the database, or in a transaction that was rolled back.
    `undoes` is the mistaken edition that this one puts right.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.JSONField()
    note = models.TextField(blank=True)
    dated = models.BooleanField(default=False)
    mark = models.UUIDField(default=uuid4)
    undoes = models.ForeignKey(
        "self",
        on_delete=models.DO_NOTHING,
        db_column="undoes",
        db_constraint=False,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("edition of the register")
        verbose_name_plural = _("editions of the register")

    def __str__(self) -> str:
        return str(self.number)


class RegisterChange(models.Model):
    """One row of the register before and after. Written by the database alone, never changed.

    `unit_id` is the care unit that the row belongs to, where it belongs to one.
    """

    edition = models.ForeignKey(
        RegisterEdition,
        on_delete=models.DO_NOTHING,
        db_column="number",
        db_constraint=False,
        related_name="changes",
    )
    table_name = models.CharField(max_length=63)
    row_pk = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("change of the register")
        verbose_name_plural = _("changes of the register")
        indexes = (
            models.Index(
                fields=("table_name", "row_pk", "-edition", "-id"), name="registerchange_row"
            ),
            models.Index(fields=("unit_id", "-id"), name="registerchange_unit"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.operation} {self.table_name} {self.row_pk}"
