"""Since when a unit's price holds, on the rung where a match placed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from spink.catalogue.domain.ladder import ProvisionForm


@dataclass(frozen=True, slots=True)
class PriceDate:
    """Since when a rate holds (None: not known) and what it is paid for: a day, an hour ..."""

    rate_from: date | None
    rate_unit: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit on a rung, as a match placed it."""

    unit: str
    form: ProvisionForm
    rank: int | None
    rate: Decimal | None


_DATES: Final = """
WITH placed AS (
    SELECT * FROM unnest(%(units)s::text[], %(forms)s::text[], %(ranks)s::bigint[],
        %(rates)s::numeric[]) AS placed (code, form, rank, rate)
)
SELECT u.code, u.in_house_rate_from, 'day'
FROM placed JOIN providers_careunit u USING (code) WHERE form = 'in_house'
UNION ALL
SELECT u.code, d.rate_from, d.rate_unit
FROM placed JOIN providers_careunit u USING (code)
JOIN providers_directawardvetting d ON d.unit_id = u.id WHERE form = 'direct_award'
UNION ALL
(SELECT DISTINCT ON (u.code) u.code, coalesce(p.valid_from, a.valid_from),
    coalesce(p.rate_unit, 'day')
FROM placed JOIN providers_careunit u USING (code)
JOIN providers_agreementunit au ON au.unit_id = u.id AND au.rank IS NOT DISTINCT FROM placed.rank
JOIN providers_agreementlot l ON l.id = au.lot_id AND l.service_type = %(service)s
JOIN providers_agreement a ON a.id = l.agreement_id AND a.provision_form = placed.form
LEFT JOIN LATERAL (
    SELECT * FROM providers_price p WHERE p.agreement_unit_id = au.id
        AND coalesce(p.valid_from <= %(day)s, true)
    ORDER BY p.valid_from DESC NULLS LAST LIMIT 1
) p ON true
WHERE placed.form IN ('iop', 'framework') AND %(municipality)s = ANY (a.parties)
    AND coalesce(a.valid_from <= %(day)s, true) AND coalesce(a.valid_to >= %(day)s, true)
    AND p.rate IS NOT DISTINCT FROM placed.rate
ORDER BY u.code, au.position, au.id)"""


def price_dates(
    placed: Iterable[Placed], *, municipality: str, service_type: str, day: date
) -> dict[str, PriceDate]:
    """The date and the kind of each unit's price on the day, by unit, in one query.

    Of several agreements it is the one whose rank and rate the match counted.
    """
    asked = list(placed)
    if not asked:
        return {}
    given: dict[str, Any] = {
        "units": [one.unit for one in asked],
        "forms": [one.form.value for one in asked],
        "ranks": [one.rank for one in asked],
        "rates": [one.rate for one in asked],
        "service": service_type,
        "municipality": municipality,
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DATES, given)
        return {code: PriceDate(since, unit) for code, since, unit in cursor.fetchall()}
