"""Three calls of the API as somebody in haste would write them: one statement each.

The token is checked and the access row written by the same code as for the real calls, and behind
the same middleware. What a real call does besides is left out: scopes, limits, parameters, filters,
keys, checks of what is filed, the timeline, the audit trail and who the person is.
"""

import json
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from placements.domain.places import places
from spink.accounts.access_log import log_reading
from spink.accounts.api.authentication import BearerToken, Caller
from spink.foundation import clock

INSTANT: Final = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
IN_LISTS: Final = f"""
    'reference', r.reference,
    'href', '/api/v1/placement-requests/' || r.reference,
    'version', r.version,
    'state', r.state,
    'municipality', CASE WHEN p.protection = 'none' THEN r.municipality_id END,
    'department', CASE WHEN p.protection = 'none' THEN d.name END,
    'unit', CASE WHEN p.protection = 'none' THEN u.name END,
    'service_type', r.service_type,
    'subtype', r.subtype,
    'urgency', r.urgency,
    'wanted_start', r.wanted_start,
    'submitted_at', {INSTANT.format("r.submitted_at")},
    'due_at', {INSTANT.format("r.due_at")},
    'changed_at', {INSTANT.format("r.changed_at")},
    'ended_at', {INSTANT.format("r.ended_at")},
    'age', r.age,
    'gender', r.gender,
    'person_is_protected', p.protection <> 'none',
    'is_household_member', r.household_of_id IS NOT NULL
"""
ALONE: Final = """
    'legal_basis', r.legal_basis,
    'decision_date', r.decision_date,
    'sis_shortage', r.sis_shortage,
    'needs_required', r.needs_required,
    'needs_wished', r.needs_wished,
    'drug_free', r.drug_free,
    'companions', r.companions,
    'near', CASE WHEN p.protection = 'none' THEN %(places)s::jsonb ->> r.near_label END,
    'within_km', r.within_km,
    'avoid_municipalities', CASE WHEN p.protection = 'none' THEN r.avoid_municipalities END,
    'avoid_units', r.avoid_units,
    'description', r.description,
    'disclosure_basis', r.disclosure_basis,
    'withdrawal_reason', r.withdrawal_reason
"""
JOINED: Final = """
    FROM placements_placementrequest r
    JOIN placements_person p ON p.id = r.person_id
    JOIN accounts_department d ON d.id = r.department_id
    JOIN accounts_unit u ON u.id = r.unit_id
"""
LIST: Final = f"""
SELECT json_build_object(
    'total', (
        SELECT count(*) FROM (
            SELECT 1 FROM placements_placementrequest
            WHERE department_id = %(department)s AND unit_id = ANY(%(units)s)
                AND submitted_at IS NOT NULL LIMIT 10000
        ) counted
    ),
    'limit', 50, 'offset', 0, 'results', json_agg(told)
)::text, array_agg(reference)
FROM (
    SELECT r.reference, json_build_object({IN_LISTS}) AS told {JOINED}
    WHERE r.department_id = %(department)s AND r.unit_id = ANY(%(units)s)
        AND r.submitted_at IS NOT NULL
    ORDER BY r.submitted_at DESC, r.id DESC LIMIT 50
) shown"""  # noqa: S608 - constants
ONE: Final = f"""
SELECT json_build_object({IN_LISTS}, {ALONE})::text {JOINED}
WHERE r.reference = %(reference)s AND r.unit_id = ANY(%(units)s)"""
FILE: Final = """
WITH counted AS (
    INSERT INTO placements_referencecounter AS counter (year, last) VALUES (%(year)s, 1)
    ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last
), somebody AS (
    INSERT INTO placements_person (
        unit_id, number_kind, number_hash, initials, protection, retention_class, created_at,
        created_by_id
    ) VALUES (
        %(unit)s, 'none', '', 'A.L.', %(protection)s, 'five_years', %(now)s, %(account)s
    ) RETURNING id
)
INSERT INTO placements_placementrequest (
    reference, creation_key, version, state, municipality_id, department_id, unit_id,
    created_by_id, created_at, changed_at, person_id, age, gender, service_type, subtype,
    legal_basis, decision_date, wanted_start, urgency, sis_shortage, companions, needs_required,
    needs_wished, near_label, avoid_municipalities, avoid_units, description, disclosure_basis,
    disclosure_note, submitted_at, submitted_by_id, placement_function_id, due_at, has_purchase,
    withdrawal_reason, retention_class
)
SELECT
    %(year)s || '-' || lpad(counted.last::text, 5, '0'), gen_random_uuid(), 1, 'submitted',
    f.municipality_id, u.department_id, u.id, %(account)s, %(now)s, %(now)s, somebody.id, %(age)s,
    %(gender)s, %(service_type)s, %(subtype)s, %(legal_basis)s, %(decision_date)s,
    %(wanted_start)s, %(urgency)s, FALSE, '{}', '{}', %(needs_wished)s, '', '{}', '{}', '',
    %(disclosure_basis)s, '', %(now)s, %(account)s, f.id, %(now)s, FALSE, '', 'five_years'
FROM counted, somebody, accounts_unit u
JOIN accounts_department d ON d.id = u.department_id
JOIN accounts_placementfunction f ON f.municipality_id = d.municipality_id
WHERE u.id = %(unit)s
RETURNING reference, json_build_object('reference', reference, 'version', version)::text"""
PLACES: Final = json.dumps({place.label: place.code for place in places()})


@login_not_required
@csrf_exempt
def requests(request: HttpRequest) -> HttpResponse:
    caller = _caller(request)
    if request.method == "POST":
        told = json.loads(request.body)
        now = clock.now()
        given = told | told["person"] | {"account": caller.account_id, "unit": caller.unit_id}
        reference, text = _row(FILE, given | {"now": now, "year": now.year})
        log_reading(caller.reading, [reference])
        return HttpResponse(text, content_type="application/json", status=201)
    units = sorted(caller.reach.unit_ids)
    text, references = _row(LIST, {"units": units, "department": caller.department_id})
    log_reading(caller.reading, references)
    return HttpResponse(text, content_type="application/json")


@login_not_required
def request(request: HttpRequest, reference: str) -> HttpResponse:
    caller = _caller(request)
    units = sorted(caller.reach.unit_ids)
    (text,) = _row(ONE, {"reference": reference, "units": units, "places": PLACES})
    log_reading(caller.reading, [reference])
    return HttpResponse(text, content_type="application/json")


def _caller(request: HttpRequest) -> Caller:
    found = BearerToken().authenticate(request)  # type: ignore[arg-type]
    if found is None:
        raise PermissionError
    caller, _ = found
    request.api_reading = caller.reading  # type: ignore[attr-defined]
    return caller


def _row(statement: str, given: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    if row is None:
        raise LookupError
    return tuple(row)
