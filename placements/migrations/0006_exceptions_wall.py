"""Exceptions stand behind the wall of their recommendation; and what may be recommended at all.

A recommended unit stood on a rung of the kept outcome, or has an exception; and an excepted one is
neither stopped nor without its permit, and its rung is open to it, whoever adds the row.
"""

from django.db import migrations

WALL = """
ALTER TABLE placements_recommendationexception ENABLE ROW LEVEL SECURITY;
ALTER TABLE placements_recommendationexception FORCE ROW LEVEL SECURITY;
CREATE POLICY wall ON placements_recommendationexception FOR ALL USING (
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (SELECT 1 FROM placements_recommendation r WHERE r.id = recommendation_id)
    OR (SELECT wall_job_reads('placements_recommendationexception'))
);
"""
NO_WALL = """
DROP POLICY wall ON placements_recommendationexception;
ALTER TABLE placements_recommendationexception NO FORCE ROW LEVEL SECURITY;
ALTER TABLE placements_recommendationexception DISABLE ROW LEVEL SECURITY;
"""

FITTING_OR_EXCEPTED = """
CREATE FUNCTION placements_never_excepted(
    unit text, form text, need jsonb, instant date
) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH day AS (SELECT (need->>'wanted_start')::date AS start, need->>'municipality' AS buyer),
    unit AS (
        SELECT u.*, p.group_id FROM providers_careunit u
        JOIN providers_provider p ON p.id = u.provider_id WHERE u.code = $1
    )
    SELECT NOT EXISTS (
        SELECT FROM unit u, day WHERE CASE form
            WHEN 'in_house' THEN u.operated_by = buyer
            WHEN 'direct_award' THEN EXISTS (
                SELECT FROM providers_directawardvetting d WHERE d.unit_id = u.id
                    AND start BETWEEN coalesce(d.vetted_from, '-infinity')
                        AND coalesce(d.vetted_to, 'infinity')
            )
            ELSE EXISTS (
                SELECT FROM providers_agreementunit au
                JOIN providers_agreementlot l ON l.id = au.lot_id
                JOIN providers_agreement a ON a.id = l.agreement_id
                WHERE au.unit_id = u.id AND a.provision_form = form AND buyer = ANY (a.parties)
                    AND l.service_type = need->>'service_type'
                    AND start BETWEEN coalesce(a.valid_from, '-infinity')
                        AND coalesce(a.valid_to, 'infinity')
            )
        END
    ) OR EXISTS (
        SELECT FROM unit u JOIN providers_permit t ON t.unit_id = u.id, day WHERE t.required
            AND (t.valid_from IS NULL
                OR start NOT BETWEEN t.valid_from AND coalesce(t.valid_to, 'infinity'))
    ) OR EXISTS (
        SELECT FROM unit u JOIN providers_stop s ON s.unit_id = u.id
            OR s.provider_id = u.provider_id OR s.group_id = u.group_id, day
        WHERE s.ended_at IS NULL
            AND CASE s.kind
                WHEN 'recommendation_stop' THEN form = 'direct_award'
                WHEN 'order_stop' THEN form IN ('framework', 'direct_award')
                ELSE true
            END
            AND (instant BETWEEN coalesce(s.valid_from, '-infinity')
                    AND coalesce(s.valid_to, 'infinity')
                OR start BETWEEN coalesce(s.valid_from, '-infinity')
                    AND coalesce(s.valid_to, 'infinity'))
    )
$$;
CREATE FUNCTION placements_fits_or_is_excepted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sent placements_recommendation;
BEGIN
    SELECT * INTO sent FROM placements_recommendation WHERE id = NEW.recommendation_id;
    IF jsonb_path_exists(
        sent.rungs, '$[*].candidates[*] ? (@.unit == $unit)',
        jsonb_build_object('unit', NEW.unit_code)
    ) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM placements_recommendationexception e
        WHERE e.recommendation_id = NEW.recommendation_id AND e.unit_code = NEW.unit_code
    ) THEN
        RAISE EXCEPTION 'unit % neither fits by the kept outcome nor has an exception',
            NEW.unit_code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF placements_never_excepted(NEW.unit_code, NEW.provision_form, sent.need, sent.instant) THEN
        RAISE EXCEPTION 'unit % is stopped, lacks its permit or has no agreement: no exception',
            NEW.unit_code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits_or_is_excepted
BEFORE INSERT OR UPDATE OF recommendation_id, unit_code, provision_form
ON placements_recommendedunit
FOR EACH ROW EXECUTE FUNCTION placements_fits_or_is_excepted();
"""
ANY = """
DROP TRIGGER fits_or_is_excepted ON placements_recommendedunit;
DROP FUNCTION placements_fits_or_is_excepted();
DROP FUNCTION placements_never_excepted(text, text, jsonb, date);
"""


class Migration(migrations.Migration):
    dependencies = (
        ("placements", "0005_exceptions"),
        ("providers", "0004_priority_group_and_corrections"),
        ("accounts", "0002_wall"),
    )

    operations = (
        migrations.RunSQL(WALL, NO_WALL),
        migrations.RunSQL(FITTING_OR_EXCEPTED, ANY),
    )
