"""Nobody stopped is recommended or asked, not even at the moment in which the stop is written.

Whoever recommends or asks holds the register's number for sharing until the commit, and every change
of the register (a stop set or opened again, a unit moved to a stopped provider) takes the number for
itself: so one comes before the other, and what comes later sees what came first.

What is written of a request that has ended is its history: nobody acts on it any more.
"""

from django.db import migrations

NOBODY_STOPPED = """
CREATE FUNCTION placements_refuse_stopped(
    unit text, form text, request bigint, moment timestamptz, start date
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM providers_registernumber FOR SHARE;
    IF providers_closing_stop(
        unit, form, (moment AT TIME ZONE 'Europe/Stockholm')::date, start
    ) IS NOT NULL AND NOT EXISTS (
        SELECT FROM placements_placementrequest r WHERE r.id = request
            AND r.state IN ('closed', 'other_service', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'unit % is stopped', unit
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'nobody_stopped';
    END IF;
END $$;
CREATE FUNCTION placements_recommends_nobody_stopped() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sent placements_recommendation;
BEGIN
    SELECT * INTO sent FROM placements_recommendation WHERE id = NEW.recommendation_id;
    PERFORM placements_refuse_stopped(
        NEW.unit_code, NEW.provision_form, sent.request_id, sent.sent_at,
        (sent.need->>'wanted_start')::date
    );
    RETURN NEW;
END $$;
CREATE TRIGGER recommends_nobody_stopped
BEFORE INSERT OR UPDATE OF recommendation_id, unit_code, provision_form
ON placements_recommendedunit
FOR EACH ROW EXECUTE FUNCTION placements_recommends_nobody_stopped();
CREATE FUNCTION placements_asks_nobody_stopped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM placements_refuse_stopped(
        NEW.unit_code, NEW.provision_form, NEW.request_id, NEW.asked_at,
        (SELECT wanted_start FROM placements_placementrequest WHERE id = NEW.request_id)
    );
    RETURN NEW;
END $$;
CREATE TRIGGER asks_nobody_stopped BEFORE INSERT ON placements_providerinquiry
FOR EACH ROW EXECUTE FUNCTION placements_asks_nobody_stopped();
"""
ANYBODY = """
DROP TRIGGER asks_nobody_stopped ON placements_providerinquiry;
DROP FUNCTION placements_asks_nobody_stopped();
DROP TRIGGER recommends_nobody_stopped ON placements_recommendedunit;
DROP FUNCTION placements_recommends_nobody_stopped();
DROP FUNCTION placements_refuse_stopped(text, text, bigint, timestamptz, date);
"""


class Migration(migrations.Migration):
    dependencies = (
        ("placements", "0021_queue_from_its_index"),
        ("providers", "0008_closing_stop"),
    )

    operations = (migrations.RunSQL(NOBODY_STOPPED, ANYBODY),)
