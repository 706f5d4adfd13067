-- The outcome of one need over the live tables, in one statement, as an expert would write it for
-- speed: units of the service alone are looked at, each reason is a bit, the words of reasons are
-- put together once a set of reasons, and JSON is written as text.
WITH rungs AS MATERIALIZED (
    SELECT array_agg(r.provision_form::text) AS forms,
        bool_or(r.provision_form = 'in_house') AS in_house,
        bool_or(r.provision_form = 'direct_award') AS direct_award
    FROM catalogue_servicerung r
    JOIN catalogue_servicetype t ON t.id = r.service_type_id
    WHERE t.code = %(service_type)s
        AND coalesce(r.valid_from <= %(today)s, true) AND coalesce(r.valid_to >= %(today)s, true)
),
-- Of each place in an agreement the price on the wanted start.
prices AS (
    SELECT DISTINCT ON (agreement_unit_id) agreement_unit_id, rate, rate_unit
    FROM providers_price
    WHERE valid_from IS NULL OR valid_from <= %(wanted_start)s
    ORDER BY agreement_unit_id, valid_from DESC NULLS LAST
),
-- Of each unit and form the agreement that counts, among those that cover the need on some day.
terms AS (
    SELECT DISTINCT ON (au.unit_id, a.provision_form) au.unit_id, a.provision_form AS form,
        coalesce(a.valid_from <= %(wanted_start)s, true)
            AND coalesce(a.valid_to >= %(wanted_start)s, true) AS holds,
        au.rank, p.rate, CASE WHEN p.rate_unit = 'day' THEN p.rate END AS rate_per_day
    FROM providers_agreementlot l
    JOIN providers_agreement a ON a.id = l.agreement_id
    JOIN providers_agreementunit au ON au.lot_id = l.id
    LEFT JOIN prices p ON p.agreement_unit_id = au.id
    WHERE l.service_type = %(service_type)s
        AND a.provision_form = ANY ((SELECT forms FROM rungs)::text[])
        AND a.parties @> ARRAY[%(municipality)s]::varchar[]
        AND (%(subtype)s::text IS NULL OR l.subtypes = '{}' OR l.subtypes @> ARRAY[%(subtype)s]::varchar[])
    ORDER BY au.unit_id, a.provision_form, holds DESC,
        CASE WHEN %(subtype)s::text IS NOT NULL THEN au.rank END NULLS LAST,
        rate_per_day NULLS LAST, au.position, a.code, l.code
),
-- Rungs are bits: 1 in-house, 2 IOP, 4 framework, 8 direct award.
stops AS MATERIALIZED (
    SELECT unit_id, provider_id, group_id, CASE kind
        WHEN 'recommendation_stop' THEN 8 WHEN 'order_stop' THEN 12 ELSE 15 END AS closes
    FROM providers_stop
    WHERE ended_at IS NULL AND (
        coalesce(valid_from <= %(today)s, true) AND coalesce(valid_to >= %(today)s, true)
        OR coalesce(valid_from <= %(wanted_start)s, true)
            AND coalesce(valid_to >= %(wanted_start)s, true))
),
closed AS (
    SELECT unit_id, bit_or(closes) AS closes FROM (
        SELECT unit_id, closes FROM stops WHERE unit_id IS NOT NULL
        UNION ALL
        SELECT u.id, s.closes FROM stops s JOIN providers_careunit u USING (provider_id)
        UNION ALL
        SELECT u.id, s.closes FROM stops s
        JOIN providers_provider p USING (group_id) JOIN providers_careunit u ON u.provider_id = p.id
    ) each GROUP BY unit_id
),
standing AS (
    SELECT u.*, s.subtypes, t.required AS permit_required, t.valid_from AS permit_from,
        t.valid_to AS permit_to, coalesce(c.closes, 0) AS closes,
        i.rank AS iop_rank, i.rate AS iop_rate, i.rate_per_day AS iop_rate_per_day,
        f.rank AS framework_rank, f.rate AS framework_rate,
        f.rate_per_day AS framework_rate_per_day,
        d.rate AS award_rate, CASE WHEN d.rate_unit = 'day' THEN d.rate END AS award_rate_per_day,
        CASE WHEN r.in_house AND u.operated_by = %(municipality)s THEN 1 ELSE 0 END
        | CASE WHEN i.holds THEN 2 ELSE 0 END
        | CASE WHEN f.holds THEN 4 ELSE 0 END
        | CASE WHEN r.direct_award AND d.id IS NOT NULL
            AND coalesce(d.vetted_from <= %(wanted_start)s, true)
            AND coalesce(d.vetted_to >= %(wanted_start)s, true) THEN 8 ELSE 0 END AS open,
        i.unit_id IS NOT NULL OR f.unit_id IS NOT NULL
            OR r.direct_award AND d.id IS NOT NULL AS open_some_day,
        u.places_total IS NULL
            OR u.places_total - u.places_occupied - u.places_unavailable >= %(places)s
            OR coalesce(u.next_free_on <= %(wanted_start)s AND %(places)s = 1, false)
            AS places_certain,
        CASE WHEN u.latitude IS NOT NULL THEN round(2 * 6371008.8 * asin(sqrt(least(1,
            sin((radians(u.latitude) - radians(%(latitude)s)) / 2) ^ 2
            + cos(radians(%(latitude)s)) * cos(radians(u.latitude))
                * sin((radians(u.longitude) - radians(%(longitude)s)) / 2) ^ 2
        )))) END AS metres
    FROM providers_careunitservice s
    JOIN providers_careunit u ON u.id = s.unit_id
    CROSS JOIN rungs r
    LEFT JOIN providers_permit t ON t.unit_id = u.id
    LEFT JOIN providers_directawardvetting d ON d.unit_id = u.id
    LEFT JOIN terms i ON i.unit_id = u.id AND i.form = 'iop'
    LEFT JOIN terms f ON f.unit_id = u.id AND f.form = 'framework'
    LEFT JOIN closed c ON c.unit_id = u.id
    WHERE s.service_type = %(service_type)s
    OFFSET 0 -- computed once a row
),
judged AS MATERIALIZED (
    SELECT id, code,
        CASE WHEN %(subtype)s::text IS NOT NULL AND subtypes <> '{}'
            AND NOT subtypes @> ARRAY[%(subtype)s]::varchar[] THEN 2 ELSE 0 END
        | CASE WHEN open_from > %(wanted_start)s OR open_to < %(wanted_start)s THEN 4 ELSE 0 END
        | CASE WHEN age_from > %(age)s OR age_to < %(age)s THEN 8 ELSE 0 END
        | CASE WHEN
            CASE WHEN companion_age_from IS NULL AND companion_age_to IS NULL
                THEN age_from > %(youngest)s OR age_to < %(oldest)s
                ELSE companion_age_from > %(youngest)s OR companion_age_to < %(oldest)s
            END THEN 16 ELSE 0 END
        | CASE WHEN genders <> '{}' AND NOT genders @> ARRAY[%(gender)s]::varchar[]
            THEN 32 ELSE 0 END
        | CASE WHEN drug_free <> %(drug_free)s THEN 64 ELSE 0 END
        | CASE WHEN needs_refused && %(named)s::varchar[] THEN 128 ELSE 0 END
        | CASE WHEN NOT needs_met @> %(required)s::varchar[] THEN 256 ELSE 0 END
        | CASE WHEN permit_required AND (permit_from IS NULL OR permit_from > %(wanted_start)s
            OR permit_to < %(wanted_start)s) THEN 512 ELSE 0 END
        | CASE WHEN NOT places_certain AND coalesce(
            %(wanted_start)s - %(today)s
                <= (SELECT places_horizon_days FROM providers_registersetting), true
            ) THEN 1024 ELSE 0 END
        | CASE WHEN open <> 0 AND open & ~closes = 0 THEN 2048 ELSE 0 END
        | CASE WHEN open = 0 AND NOT open_some_day THEN 4096 ELSE 0 END
        | CASE WHEN open = 0 AND open_some_day THEN 8192 ELSE 0 END
        | CASE WHEN %(not_in_municipalities)s::varchar[] <> '{}'
            AND (municipality = '' OR municipality = ANY (%(not_in_municipalities)s::varchar[]))
            THEN 16384 ELSE 0 END
        | CASE WHEN metres / 1000 > %(within_km)s THEN 32768 ELSE 0 END
        | CASE WHEN code = ANY (%(not_units)s::varchar[]) THEN 65536 ELSE 0 END AS reasons,
        open & ~closes AS left, iop_rank, iop_rate, iop_rate_per_day, framework_rank,
        framework_rate, framework_rate_per_day, award_rate, award_rate_per_day, in_house_rate,
        needs_met, places_certain, metres
    FROM standing
),
told AS (
    SELECT reasons, units, reasons & (reasons - 1) = 0 AND reasons & 46588 <> 0 AS near,
        ',"reasons":[' || concat_ws(',',
            CASE WHEN reasons & 2 <> 0 THEN '"wrong_subtype"' END,
            CASE WHEN reasons & 4 <> 0 THEN '"not_open"' END,
            CASE WHEN reasons & 8 <> 0 THEN '"age"' END,
            CASE WHEN reasons & 16 <> 0 THEN '"companion"' END,
            CASE WHEN reasons & 32 <> 0 THEN '"gender"' END,
            CASE WHEN reasons & 64 <> 0 THEN '"drug_free"' END,
            CASE WHEN reasons & 128 <> 0 THEN '"need_refused"' END,
            CASE WHEN reasons & 256 <> 0 THEN '"need_not_met"' END,
            CASE WHEN reasons & 512 <> 0 THEN '"permit"' END,
            CASE WHEN reasons & 1024 <> 0 THEN '"no_free_place"' END,
            CASE WHEN reasons & 2048 <> 0 THEN '"stopped"' END,
            CASE WHEN reasons & 4096 <> 0 THEN '"no_agreement"' END,
            CASE WHEN reasons & 8192 <> 0 THEN '"agreement_expired"' END,
            CASE WHEN reasons & 16384 <> 0 THEN '"excluded_area"' END,
            CASE WHEN reasons & 32768 <> 0 THEN '"too_far"' END,
            CASE WHEN reasons & 65536 <> 0 THEN '"excluded_unit"' END
        ) || ']}' AS words
    FROM (SELECT reasons, count(*) AS units FROM judged GROUP BY reasons) each
),
candidates AS (
    SELECT j.code, j.places_certain, j.metres, k.*,
        ARRAY(SELECT w FROM unnest(%(wished)s::varchar[]) w WHERE w = ANY (j.needs_met)) AS wished_met
    FROM judged j, LATERAL (
        SELECT 'in_house' AS form, NULL::int AS rank, j.in_house_rate AS rate,
            NULL::numeric AS rate_per_day WHERE j.left & 1 <> 0
        UNION ALL SELECT 'iop', j.iop_rank, j.iop_rate, j.iop_rate_per_day
            WHERE j.left & 3 = 2
        UNION ALL SELECT 'framework', j.framework_rank, j.framework_rate, j.framework_rate_per_day
            WHERE j.left & 7 = 4
        UNION ALL SELECT 'direct_award', NULL, j.award_rate, j.award_rate_per_day
            WHERE j.left & 15 = 8
    ) k WHERE j.reasons = 0
),
listed AS (
    SELECT form, string_agg(
        '{"unit":' || to_json(code) || ',"rank":' || coalesce(rank::text, 'null')
        || ',"places_certain":' || places_certain || ',"wished_met":' || to_json(wished_met)
        || ',"rate":' || coalesce(trim_scale(rate)::text, 'null') || ',"distance_km":'
        || coalesce((floor((metres + 50) / 100) / 10)::text, 'null') || '}', ','
        ORDER BY CASE WHEN %(subtype)s::text IS NOT NULL THEN rank END NULLS LAST,
            places_certain DESC, cardinality(wished_met) DESC, rate_per_day NULLS LAST,
            metres NULLS LAST, code
    ) AS candidates FROM candidates GROUP BY form
),
near AS (
    SELECT string_agg('{"unit":' || to_json(code) || words, ',' ORDER BY code) AS excluded,
        string_agg(to_json(code)::text, ',' ORDER BY code) AS units
    FROM judged JOIN told USING (reasons) WHERE near
),
others AS (
    SELECT string_agg('{"unit":' || to_json(u.code)
        || coalesce(j.words, ',"reasons":["wrong_service"]}'), ',' ORDER BY u.code) AS excluded
    FROM providers_careunit u
    LEFT JOIN (SELECT id, reasons, words FROM judged JOIN told USING (reasons)) j USING (id)
    WHERE %(excluded)s = 'all' AND j.reasons IS DISTINCT FROM 0
),
counted AS (
    SELECT (SELECT count(*) FROM providers_careunit) AS units, sum(units)::bigint AS of_service,
        coalesce(sum(units) FILTER (WHERE reasons = 0), 0) AS fitting FROM told
),
by_reason AS (
    SELECT string_agg('"' || reason || '":' || count, ',' ORDER BY place) AS counts FROM (
        SELECT 0 AS place, 'wrong_service' AS reason, units - coalesce(of_service, 0) AS count
        FROM counted
        UNION ALL
        SELECT place, reason, sum(units) FROM told, unnest(ARRAY[
            'wrong_subtype', 'not_open', 'age', 'companion', 'gender', 'drug_free',
            'need_refused', 'need_not_met', 'permit', 'no_free_place', 'stopped', 'no_agreement',
            'agreement_expired', 'excluded_area', 'too_far', 'excluded_unit'
        ]) WITH ORDINALITY AS r (reason, place)
        WHERE reasons & (1 << place::int) <> 0 GROUP BY place, reason
    ) each WHERE count > 0
)
SELECT '{"rungs":[' || coalesce((
        SELECT string_agg('{"provision_form":"' || form || '","candidates":['
            || coalesce(candidates, '') || ']}', ',' ORDER BY place)
        FROM unnest(ARRAY['in_house', 'iop', 'framework', 'direct_award'])
            WITH ORDINALITY AS ladder (form, place)
        LEFT JOIN listed USING (form)
        WHERE form = ANY (r.forms)
    ), '') || '],"excluded":['
    || coalesce(CASE %(excluded)s WHEN 'all' THEN o.excluded WHEN 'near' THEN n.excluded END, '')
    || '],"near_misses":[' || coalesce(n.units, '') || '],"counts":{"units":' || c.units
    || ',"excluded":' || c.units - c.fitting || ',"by_reason":{' || coalesce(b.counts, '') || '}}}'
FROM rungs r, near n, others o, counted c, by_reason b
