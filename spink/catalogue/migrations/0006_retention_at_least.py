"""No term below what its class allows, and none for a part of another's time."""

from django.db import migrations

HELD = """
CREATE FUNCTION catalogue_retention_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    least record;
BEGIN
    SELECT least_disposal AS disposal, least_years AS years INTO least
        FROM catalogue_retentionclass WHERE id = NEW.retention_class_id FOR UPDATE;
    IF NEW.disposal <> 'never'
        AND (NEW.disposal <> least.disposal OR coalesce(NEW.years, 0) < coalesce(least.years, 0))
    THEN RAISE EXCEPTION 'a term of retention is not below the lowest of its class'
        USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS (
        SELECT 1 FROM catalogue_retentionterm t
        WHERE t.retention_class_id = NEW.retention_class_id AND t.id <> NEW.id
            AND daterange(t.valid_from, t.valid_to, '[]')
                && daterange(NEW.valid_from, NEW.valid_to, '[]'))
    THEN RAISE EXCEPTION 'a class of retention has one term at a time'
        USING ERRCODE = 'exclusion_violation'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER holds BEFORE INSERT OR UPDATE ON catalogue_retentionterm
    FOR EACH ROW EXECUTE FUNCTION catalogue_retention_holds();
"""
NOT_HELD = """
DROP TRIGGER holds ON catalogue_retentionterm;
DROP FUNCTION catalogue_retention_holds();
"""


class Migration(migrations.Migration):
    dependencies = (("catalogue", "0005_retention"),)

    operations = (migrations.RunSQL(HELD, NOT_HELD),)
