"""What keepers, administrators and reviewers have left: hours, changes to come, a review."""

from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse

from placements import actions
from placements.domain.values import Urgency
from placements.domain.working_time import STANDARD
from placements.models import AccessReviewRow, Judgement, PlacementRequest
from providers.actions.keeping import change_part, plan_change
from providers.models import Price
from spink.accounts import queries as accounts
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import Municipality
from spink.accounts.wall import opened_for, opened_for_job
from spink.foundation import clock
from spink.sample.everyday.stage import FILER, LOGINS_UNIT, OFFICER, OTHER_OFFICER, Stage
from spink.sample.places import MEMBERS

ADMINISTRATOR, KEEPER, MANAGER = "admin", "kvalitet", "enhetschef"
PHONE = "031-390 06 {:02}"
"""Of the series kept for books and films."""
RAISED = Decimal("1.03")
READ, RECENT, LOOKED_AT = 14, 9, 4


def office_hours(stage: Stage) -> None:
    """The usual hours everywhere, and who answers when it is closed."""
    administrator = stage.user(ADMINISTRATOR).actor
    names = dict(Municipality.objects.values_list("code", "name"))
    opens = [hours and hours[0] for hours in STANDARD.week]
    closes = [hours and hours[1] for hours in STANDARD.week]
    with clock.frozen(stage.workday(60, 9)):
        for number, code in enumerate(MEMBERS):
            values = {
                "acute_hours": STANDARD.hours[Urgency.ACUTE],
                "soon_hours": STANDARD.hours[Urgency.SOON],
                "planned_hours": STANDARD.hours[Urgency.PLANNED],
                "feedback_days": STANDARD.feedback_days,
                "opens": opens,
                "closes": closes,
                "jour_name": f"Socialjouren {names[code]}",
                "jour_phone": PHONE.format(60 + number),
            }
            actions.save_office_hours(
                municipality=code,
                valid_from=clock.today(),
                values=values,
                seen=0,
                by=administrator,
            )


def planned_changes(stage: Stage) -> None:
    """A unit that gets more places next month, and a price from the month after."""
    keeper = stage.user(KEEPER).actor
    first = _next_month(stage.now.date())
    prices = Price.objects.filter(
        agreement_unit__unit__open_to=None, agreement_unit__unit__places_total__gte=6
    ).exclude(agreement_unit__prices__valid_from__gt=stage.now.date())
    price = prices.order_by("agreement_unit__unit__code", "-valid_from").first()
    if price is None:
        return
    unit = price.agreement_unit.unit
    change_part(
        part="price",
        row_id=None,
        values={
            "agreement_unit_id": price.agreement_unit_id,
            "valid_from": _next_month(first),
            "rate": (price.rate * RAISED).quantize(Decimal(1)),
            "rate_unit": price.rate_unit,
        },
        note="Nytt pris enligt avtalets uppräkning",
        by=keeper,
    )
    plan_change(
        part="unit",
        row_id=unit.pk,
        values={"places_total": (unit.places_total or 0) + 2},
        day=first,
        by=keeper,
    )


def access_review(stage: Stage) -> None:
    """A sample of last month's readings of the department's requests, some of them judged."""
    manager, month = stage.user(MANAGER), _month_before(stage.now.date())
    department = stage.staff.units[LOGINS_UNIT].department_id
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        _read_last_month(stage, department, month)
    with opened_for(accounts.reach_of_user(manager)):
        review = actions.draw_review(department_id=department, month=month, by=manager.actor)
        rows = AccessReviewRow.objects.filter(review=review).order_by("position")
        for row in rows[:LOOKED_AT]:
            actions.judge_reading(
                row_id=row.pk, judgement=Judgement.WARRANTED, note="", by=manager.actor
            )


def _read_last_month(stage: Stage, department: int, month: date) -> None:
    """Requests of the past, by those who had them: each reading is a row of the log."""
    found = PlacementRequest.objects.filter(
        department=department, submitted_at__lt=stage.workday(40, 8)
    )
    references = list(found.order_by("-submitted_at", "id").values_list("reference", flat=True))
    readers = [stage.user(name).actor for name in (FILER, OFFICER, OTHER_OFFICER)]
    draw = stage.draw("readings")
    for number in range(READ if references else 0):
        reference = draw.one(references[:RECENT])
        path = reverse("placements:request", args=[reference])
        days = (stage.now.date() - month).days - 2 * number
        with clock.frozen(stage.workday(days, draw.whole(8, 16), draw.whole(0, 59))):
            log_reading(Reading(by=readers[number % len(readers)], route=path), [reference])


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
