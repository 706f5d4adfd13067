"""The statements that turn rows of the register into documents of the match format.

They are read over either source (see `sources`). Places in lists, and not ids, give the order, so
that a register that was exported and imported again gives the same documents.
"""

from typing import Final

_STOPS: Final = """
covered AS (
    SELECT u.id AS unit_id, u.provider_id, p.group_id
    FROM units u JOIN providers_provider p ON p.id = u.provider_id
),
stops AS (
    SELECT c.unit_id, NULL AS via, s.id FROM covered c JOIN providers_stop s USING (unit_id)
    UNION ALL
    SELECT c.unit_id, 'provider', s.id FROM covered c JOIN providers_stop s USING (provider_id)
    UNION ALL
    SELECT c.unit_id, 'group', s.id FROM covered c JOIN providers_stop s USING (group_id)
),
stops_by_unit AS (
    SELECT t.unit_id, json_agg(json_build_object(
        'kind', s.kind, 'from', s.valid_from, 'to', s.valid_to, 'on', t.via,
        'reference', s.reference
    ) ORDER BY s.valid_from NULLS FIRST, s.kind, s.reference) AS stops
    FROM stops t JOIN providers_stop s USING (id) WHERE s.ended_at IS NULL GROUP BY t.unit_id
)"""

_AGREEMENTS: Final = """
price_periods AS (
    SELECT p.agreement_unit_id, p.rate, p.rate_unit, p.valid_from AS rate_from, p.valid_from,
        lead(p.valid_from) OVER (
            PARTITION BY p.agreement_unit_id ORDER BY p.valid_from NULLS FIRST
        ) - 1 AS valid_to
    FROM providers_price p
    WHERE %(all)s OR p.agreement_unit_id IN (
        SELECT id FROM providers_agreementunit WHERE unit_id = ANY(%(ids)s)
    )
    UNION ALL
    SELECT au.id, NULL, NULL, NULL, NULL, min(p.valid_from) - 1
    FROM providers_agreementunit au
    LEFT JOIN providers_price p ON p.agreement_unit_id = au.id
    WHERE %(all)s OR au.unit_id = ANY(%(ids)s)
    GROUP BY au.id
    HAVING count(p.id) = count(p.valid_from)
),
entries AS (
    SELECT au.unit_id, au.position, au.rank, a.code AS agreement, l.code AS lot,
        a.provision_form, a.parties, l.service_type, l.subtypes,
        greatest(a.valid_from, p.valid_from) AS valid_from,
        least(a.valid_to, p.valid_to) AS valid_to, p.rate, p.rate_unit, p.rate_from
    FROM providers_agreementunit au
    JOIN providers_agreementlot l ON l.id = au.lot_id
    JOIN providers_agreement a ON a.id = l.agreement_id
    JOIN price_periods p ON p.agreement_unit_id = au.id
    WHERE %(all)s OR au.unit_id = ANY(%(ids)s)
),
agreements_by_unit AS (
    SELECT unit_id, json_agg(json_build_object(
        'agreement', agreement, 'lot', nullif(lot, ''),
        'provision_form', nullif(provision_form, ''), 'parties', parties,
        'service_type', service_type, 'subtypes', subtypes,
        'valid_from', valid_from, 'valid_to', valid_to, 'rank', rank,
        'rate', trim_scale(rate), 'rate_unit', rate_unit, 'rate_from', rate_from
    ) ORDER BY position, agreement COLLATE "C", lot COLLATE "C", valid_from NULLS FIRST
    ) AS agreements
    FROM entries
    WHERE valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to
    GROUP BY unit_id
)"""

_SERVICES: Final = """
services_by_unit AS (
    SELECT unit_id, json_agg(json_build_object(
        'service_type', service_type, 'subtypes', subtypes
    ) ORDER BY position, service_type COLLATE "C") AS services,
        bool_or(service_type = 'protected_housing') AS protected
    FROM providers_careunitservice
    WHERE %(all)s OR unit_id = ANY(%(ids)s)
    GROUP BY unit_id
)"""

_DOCUMENT: Final = """
SELECT u.code, json_strip_nulls(json_build_object(
    'id', u.code, 'name', u.name, 'provider', p.code, 'operated_by', nullif(u.operated_by, ''),
    'services', s.services,
    'ages', CASE WHEN u.age_from IS NOT NULL OR u.age_to IS NOT NULL
        THEN json_build_array(u.age_from, u.age_to) END,
    'companion_ages', CASE WHEN u.companion_age_from IS NOT NULL OR u.companion_age_to IS NOT NULL
        THEN json_build_array(u.companion_age_from, u.companion_age_to) END,
    'genders', u.genders, 'drug_free', u.drug_free,
    'needs_met', u.needs_met, 'needs_refused', u.needs_refused,
    'open_from', u.open_from, 'open_to', u.open_to,
    'permit', CASE WHEN t.id IS NOT NULL THEN json_build_object(
        'required', t.required, 'valid_from', t.valid_from, 'valid_to', t.valid_to) END,
    'places', json_build_object('total', u.places_total, 'occupied', u.places_occupied,
        'unavailable', u.places_unavailable, 'next_free_on', u.next_free_on),
    'location', json_build_object('municipality', nullif(u.municipality, ''),
        'lat', CASE WHEN NOT coalesce(s.protected, false) THEN u.latitude END,
        'lon', CASE WHEN NOT coalesce(s.protected, false) THEN u.longitude END),
    'in_house_rate', trim_scale(u.in_house_rate),
    'agreements', a.agreements,
    'direct_award', CASE WHEN d.id IS NOT NULL THEN json_build_object(
        'vetted_from', d.vetted_from, 'vetted_to', d.vetted_to,
        'rate', trim_scale(d.rate), 'rate_unit', d.rate_unit, 'rate_from', d.rate_from) END,
    'stops', o.stops
))::text AS document
FROM units u
JOIN providers_provider p ON p.id = u.provider_id
LEFT JOIN services_by_unit s ON s.unit_id = u.id
LEFT JOIN agreements_by_unit a ON a.unit_id = u.id
LEFT JOIN stops_by_unit o ON o.unit_id = u.id
LEFT JOIN providers_permit t ON t.unit_id = u.id
LEFT JOIN providers_directawardvetting d ON d.unit_id = u.id"""

_HEAD: Final = """
SELECT NULL AS code, json_build_object(
    'number', (SELECT number FROM position),
    'change', (SELECT change FROM position),
    'places_horizon_days', (SELECT places_horizon_days FROM providers_registersetting),
    'provision_forms', coalesce((
        SELECT json_object_agg(code, forms ORDER BY code COLLATE "C") FROM (
            SELECT t.code, coalesce(
                json_agg(DISTINCT r.provision_form) FILTER (WHERE r.id IS NOT NULL), '[]'
            ) AS forms
            FROM catalogue_servicetype t
            LEFT JOIN catalogue_servicerung r ON r.service_type_id = t.id
                AND coalesce(r.valid_from <= %(day)s, true)
                AND coalesce(r.valid_to >= %(day)s, true)
            GROUP BY t.code
        ) existing
    ), '{}'::json)
)::text AS document"""


def documents(source: str) -> str:
    """One row of the head (its code is null), then one a unit, in the order of the codes.

    Parameters: `all`, or the `ids` of units; `day`, on which rungs exist; `number` for the diary.
    """
    return f"""
WITH {source},
units AS (SELECT * FROM providers_careunit WHERE %(all)s OR id = ANY(%(ids)s)),
{_STOPS}, {_AGREEMENTS}, {_SERVICES}
({_HEAD})
UNION ALL
({_DOCUMENT} ORDER BY u.code COLLATE "C")"""  # noqa: S608 - only the constants above are put in


NEWEST: Final = """
SELECT max(c.id) FROM providers_registerchange c
JOIN providers_registeredition e USING (number)
JOIN unnest(%(ids)s::bigint[], %(marks)s::uuid[]) AS known (id, mark)
    ON known.id = c.id AND known.mark = e.mark"""
"""The newest of the known changes that is in the diary; null where none is."""

# The change is a figure in the text of the statement, so that the planner sees that few are later.
TOUCHED: Final = """
WITH changed AS (
    SELECT * FROM providers_registerchange WHERE id > %(base)s
),
moved AS (
    SELECT table_name, row_pk, image FROM changed, unnest(ARRAY[before, after]) AS image
    WHERE image IS NOT NULL
),
touched AS (
    SELECT unit_id AS id FROM changed
    WHERE unit_id IS NOT NULL AND table_name <> 'providers_careunitaddress'
    UNION
    SELECT (image->>'unit_id')::bigint FROM moved
    WHERE image->>'unit_id' IS NOT NULL AND table_name <> 'providers_careunitaddress'
    UNION
    SELECT u.id FROM moved m JOIN providers_careunit u ON u.provider_id =
        CASE m.table_name WHEN 'providers_provider' THEN m.row_pk
            WHEN 'providers_stop' THEN (image->>'provider_id')::bigint END
    UNION
    SELECT u.id FROM moved m
    JOIN providers_provider p ON p.group_id = (image->>'group_id')::bigint
    JOIN providers_careunit u ON u.provider_id = p.id
    WHERE m.table_name = 'providers_stop'
    UNION
    SELECT au.unit_id FROM changed c
    JOIN providers_agreementlot l ON l.agreement_id =
        CASE c.table_name WHEN 'providers_agreement' THEN c.row_pk END
    JOIN providers_agreementunit au ON au.lot_id = l.id
    UNION
    SELECT au.unit_id FROM changed c
    JOIN providers_agreementunit au ON au.lot_id =
        CASE c.table_name WHEN 'providers_agreementlot' THEN c.row_pk END
)
SELECT
    (SELECT c.id || ':' || e.mark FROM providers_registerchange c
     JOIN providers_registeredition e USING (number) ORDER BY c.id DESC LIMIT 1),
    ARRAY(SELECT id FROM touched),
    ARRAY(
        SELECT image->>'code' FROM moved WHERE table_name = 'providers_careunit'
        UNION SELECT u.code FROM touched JOIN providers_careunit u USING (id)
    )"""
"""What changed since a change of the diary: the last change, the units whose documents may differ,
and all codes that they have or had."""
