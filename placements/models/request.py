from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placements.domain.lifecycle import ENDED, OPEN_WITH_PLACING, State
from placements.models.choices import Genders, RetentionClasses, States, Urgencies
from spink.foundation import clock

INCOMPLETE_STATES = (State.DRAFT.value, State.PLACED_ACUTE.value, State.WITHDRAWN.value)
ENDED_STATES = sorted(state.value for state in ENDED)
OPEN_STATES = sorted(state.value for state in OPEN_WITH_PLACING)
COUNTED_IN_THE_QUEUE = (
    "state",
    "service_proposed_at",
    "assigned_to",
    "team",
    "service_type",
    "urgency",
    "wanted_start",
)
READ_BY_THE_WALL = ("submitted_at", "unit", "municipality", "department", "has_purchase")
"""With these in its index the queue is counted and sorted without a look at the requests, which lie
scattered among all that have ended."""


def codes(label: Any) -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=120), verbose_name=label, default=list, blank=True
    )


class PlacementRequest(models.Model):
    """A placement request: who asks, what is needed, and how far it has come.

    What a match needs is asked for here; who the person is stands in `Person`, apart.
    `version` grows with every change: who saves an older one is told instead of overwriting.
    """

    reference = models.CharField(max_length=16, unique=True)
    creation_key = models.UUIDField(
        default=uuid4, unique=True, help_text=_("Sent with the form: twice sent is once created.")
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=30, choices=States.choices, default=States.DRAFT)

    municipality = models.ForeignKey("accounts.Municipality", on_delete=models.PROTECT)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="filed_requests"
    )
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    person = models.ForeignKey(
        "placements.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
    )
    household_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="household_members",
        help_text=_("The adult's request, in that of a child of the household."),
    )
    lives_together = models.BooleanField(
        _("lives together with the adult"), default=True, db_default=True
    )
    best_interests = models.TextField(
        _("the child's best interests"), blank=True, max_length=4000, default="", db_default=""
    )
    childs_view = models.TextField(
        _("the child's own view"), blank=True, max_length=4000, default="", db_default=""
    )
    side_by_side = models.UUIDField(
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The same in requests that are filed side by side for one person."),
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        help_text=_("The request that ended in this other service."),
    )
    age = models.PositiveSmallIntegerField(
        _("age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Genders.choices, blank=True)

    service_type = models.CharField(_("service"), max_length=60, blank=True)
    subtype = models.CharField(_("subtype"), max_length=80, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=60, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    wanted_start = models.DateField(_("wanted start"), null=True, blank=True)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgencies.choices, blank=True)
    sis_shortage = models.BooleanField(_("SiS shortage"), default=False)

    drug_free = models.BooleanField(_("drug-free"), null=True, blank=True)
    companions = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(120)]),
        verbose_name=_("companions"),
        default=list,
        blank=True,
    )
    needs_required = codes(_("needs that must be met"))
    needs_wished = codes(_("needs wished to be met"))

    near_label = models.CharField(_("near"), max_length=120, blank=True)
    near_latitude = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    near_longitude = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    within_km = models.PositiveSmallIntegerField(_("at most kilometres"), null=True, blank=True)
    avoid_municipalities = codes(_("municipalities to avoid"))
    avoid_units = codes(_("units to avoid"))

    description = models.TextField(_("what else is important"), blank=True, max_length=8000)
    disclosure_basis = models.CharField(_("basis for disclosure"), max_length=60, blank=True)
    disclosure_note = models.TextField(_("note on the disclosure"), blank=True, max_length=2000)

    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    placement_function = models.ForeignKey(
        "accounts.PlacementFunction", on_delete=models.PROTECT, null=True, blank=True
    )
    team = models.ForeignKey(
        "accounts.PlacementTeam", on_delete=models.PROTECT, null=True, blank=True
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_requests",
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("The working hours that the due time was counted from.")
    )
    due_paused = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text=_("Working minutes that the due time has moved while more was asked for."),
    )
    service_proposed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Since when a proposal of another service waits for its answer."),
    )
    feedback_due_on = models.DateField(null=True, blank=True)
    has_purchase = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=60, blank=True)
    retention_class = models.CharField(
        max_length=20, choices=RetentionClasses.choices, default=RetentionClasses.FIVE_YEARS
    )

    class Meta:
        verbose_name = _("placement request")
        verbose_name_plural = _("placement requests")
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("placement_function", "due_at", "id"),
                include=(*COUNTED_IN_THE_QUEUE, *READ_BY_THE_WALL),
                condition=Q(state__in=OPEN_STATES),
                name="request_open_in_queue",
            ),
            models.Index(
                fields=("team", "due_at", "id"),
                condition=Q(state="submitted"),
                name="request_next_of_team",
            ),
            models.Index(fields=("unit", "state"), name="request_by_unit"),
            models.Index(fields=("created_by", "state"), name="request_by_filer"),
            models.Index(fields=("assigned_to", "state"), name="request_by_officer"),
            models.Index(fields=("placement_function", "submitted_at"), name="request_by_arrival"),
            models.Index(
                fields=("department", "submitted_at", "id"),
                include=("unit", "placement_function", "municipality", "has_purchase"),
                condition=Q(submitted_at__isnull=False),
                name="request_of_department",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=INCOMPLETE_STATES)
                | (
                    Q(
                        person__isnull=False,
                        wanted_start__isnull=False,
                        decision_date__isnull=False,
                        submitted_at__isnull=False,
                        placement_function__isnull=False,
                    )
                    & ~Q(service_type="")
                    & ~Q(urgency="")
                    & ~Q(legal_basis="")
                ),
                name="submitted_request_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(household_of__isnull=True) | ~Q(household_of=F("id")),
                name="household_is_anothers",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) & ~Q(state__in=ENDED_STATES)
                | Q(ended_at__isnull=False, state__in=ENDED_STATES),
                name="ended_request_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True, assigned_at__isnull=True)
                | Q(assigned_to__isnull=False, assigned_at__isnull=False),
                name="assigned_at_and_to",
            ),
            models.CheckConstraint(
                condition=Q(near_latitude__isnull=True, near_longitude__isnull=True)
                | Q(near_latitude__isnull=False, near_longitude__isnull=False),
                name="near_is_a_position",
            ),
        )

    def __str__(self) -> str:
        return self.reference
