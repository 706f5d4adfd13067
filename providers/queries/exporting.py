"""The whole register as one JSON document: the match format, and all else that is kept.

What the match does not read comes from statements over the same sources as the documents, so an
export of an earlier number is as whole as one of now. Every key of the further values is there,
empty ones too: whoever imports the file sees that nothing is known.
"""

from datetime import date
from typing import Any, Final

from django.db import connection

from providers.queries import loading, sources
from providers.queries.loading import Document

_LISTS: Final = {
    "groups": """
SELECT json_build_object('id', g.code, 'name', g.name)
FROM providers_corporategroup g ORDER BY g.code COLLATE "C" """,
    "providers": """
SELECT json_build_object('id', p.code, 'name', p.name, 'group', g.code,
    'legal_form', nullif(p.legal_form, ''), 'ownership', nullif(p.ownership, ''),
    'organisation_number', nullif(p.organisation_number, ''),
    'municipality', nullif(p.municipality, ''), 'contact_person', nullif(p.contact_person, ''),
    'phone', nullif(p.phone, ''), 'email', nullif(p.email, ''), 'website', nullif(p.website, ''))
FROM providers_provider p LEFT JOIN providers_corporategroup g ON g.id = p.group_id
ORDER BY p.code COLLATE "C" """,
    "agreements": """
SELECT json_build_object('id', a.code, 'provision_form', nullif(a.provision_form, ''),
    'reference', nullif(a.reference, ''), 'name', nullif(a.name, ''), 'provider', p.code,
    'parties', a.parties, 'valid_from', a.valid_from, 'valid_to', a.valid_to,
    'lots', coalesce(l.lots, '[]'))
FROM providers_agreement a
LEFT JOIN providers_provider p ON p.id = a.provider_id
LEFT JOIN (
    SELECT agreement_id, json_agg(json_build_object('id', nullif(code, ''),
        'name', nullif(name, ''), 'service_type', service_type, 'subtypes', subtypes
    ) ORDER BY code COLLATE "C") AS lots
    FROM providers_agreementlot GROUP BY agreement_id
) l ON l.agreement_id = a.id
ORDER BY a.code COLLATE "C" """,
    "stops": """
SELECT json_build_object('reference', s.reference, 'kind', s.kind, 'unit', u.code,
    'provider', p.code, 'group', g.code, 'from', s.valid_from, 'to', s.valid_to,
    'reason_code', nullif(s.reason_code, ''),
    'decided_at', s.decided_at, 'decided_by', nullif(s.decided_by, ''),
    'decision_reference', nullif(s.decision_reference, ''), 'decided_on', s.decided_on,
    'ended_at', s.ended_at, 'ended_by', nullif(s.ended_by, ''))
FROM providers_stop s
LEFT JOIN providers_careunit u ON u.id = s.unit_id
LEFT JOIN providers_provider p ON p.id = s.provider_id
LEFT JOIN providers_corporategroup g ON g.id = s.group_id
ORDER BY s.reference""",
    "units": """
SELECT json_build_object('id', u.code,
    'priority_group', nullif(u.priority_group, ''),
    'priority_ages', CASE WHEN u.priority_age_from IS NOT NULL OR u.priority_age_to IS NOT NULL
        THEN json_build_array(u.priority_age_from, u.priority_age_to) END,
    'priority_needs', coalesce(u.priority_needs, '{}'),
    'takes_acute_admissions', u.takes_acute_admissions,
    'places', json_build_object('confirmed_at', u.places_confirmed_at,
        'confirmed_by', nullif(u.places_confirmed_by, '')),
    'district', nullif(u.district, ''), 'methods', u.methods, 'staffing', nullif(u.staffing, ''),
    'unit_director', nullif(u.unit_director, ''), 'contact_person', nullif(u.contact_person, ''),
    'phone', nullif(u.phone, ''), 'email', nullif(u.email, ''), 'website', nullif(u.website, ''),
    'in_house_rate_from', u.in_house_rate_from,
    'permit', CASE WHEN t.id IS NOT NULL THEN json_build_object('number', nullif(t.number, ''),
        'activity', nullif(t.activity, ''), 'evidence', nullif(t.evidence, ''),
        'evidence_date', t.evidence_date, 'checked_at', t.checked_at,
        'checked_by', nullif(t.checked_by, '')) END,
    'direct_award', CASE WHEN d.id IS NOT NULL THEN json_build_object('rate_from', d.rate_from,
        'decision', nullif(d.decision, '')) END,
    'address', CASE WHEN a.id IS NOT NULL AND s.id IS NULL THEN
        json_build_object('street', nullif(a.street, ''),
        'postal_code', nullif(a.postal_code, ''), 'city', nullif(a.city, '')) END)
FROM providers_careunit u
LEFT JOIN providers_permit t ON t.unit_id = u.id
LEFT JOIN providers_directawardvetting d ON d.unit_id = u.id
LEFT JOIN providers_careunitaddress a ON a.unit_id = u.id
LEFT JOIN providers_careunitservice s
    ON s.unit_id = u.id AND s.service_type = 'protected_housing'
ORDER BY u.code COLLATE "C" """,
}


def exported(number: int, day: date) -> Document:
    """The register at a number of the diary, with the rungs that exist on the day.

    Read from the diary for the newest number too: its statements then all see the same register.
    """
    loaded = loading.load_at(number, day)
    lists = {name: _read(statement, number) for name, statement in _LISTS.items()}
    further = {unit["id"]: unit for unit in lists.pop("units")}
    document = loaded.as_document(day)
    units = document.pop("units")
    return document | lists | {"units": [_merged(unit, further[unit["id"]]) for unit in units]}


def _read(statement: str, number: int) -> list[Any]:
    with loading.reading_the_diary(), connection.cursor() as cursor:
        cursor.execute(f"WITH {sources.DIARY} {statement}", {"number": number})
        return [row for (row,) in cursor.fetchall()]


def _merged(unit: Document, further: Document) -> Document:
    """Parts that both know are joined; nothing of the match's document is replaced."""
    joined = {**further, **unit}
    for key, part in further.items():
        if isinstance(part, dict):
            joined[key] = {**part, **unit.get(key, {})}
    return {key: joined[key] for key in (*unit, *(key for key in further if key not in unit))}
