"""A unit with protected housing has neither position nor address, whoever writes them.

What its own edition of the diary holds of them is taken out before it is committed; a place that
the unit had openly, before it became protected housing, stays in earlier editions.
"""

from django.db import migrations

FORGET_PLACE = """
CREATE FUNCTION providers_is_protected(unit bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM providers_careunitservice
        WHERE unit_id = unit AND service_type = 'protected_housing'
    )
$$;
CREATE FUNCTION providers_forget_position() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.latitude IS NOT NULL AND providers_is_protected(NEW.id) THEN
        NEW.latitude := NULL;
        NEW.longitude := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION providers_refuse_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF providers_is_protected(NEW.unit_id) THEN
        RAISE EXCEPTION 'no address of protected housing is kept'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION providers_forget_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place text[] := '{latitude,longitude,street,postal_code,city}';
BEGIN
    UPDATE providers_careunit SET latitude = NULL, longitude = NULL
    WHERE id = NEW.unit_id AND latitude IS NOT NULL;
    DELETE FROM providers_careunitaddress WHERE unit_id = NEW.unit_id;
    UPDATE providers_registerchange SET before = before - place, after = after - place
    WHERE unit_id = NEW.unit_id
        AND table_name IN ('providers_careunit', 'providers_careunitaddress')
        -- not by the index on the number, under which an import has all its rows
        AND number IS NOT DISTINCT FROM
            nullif(current_setting('spink.register_number', true), '')::bigint;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_position BEFORE INSERT OR UPDATE ON providers_careunit
FOR EACH ROW EXECUTE FUNCTION providers_forget_position();
CREATE TRIGGER refuse_address BEFORE INSERT OR UPDATE ON providers_careunitaddress
FOR EACH ROW EXECUTE FUNCTION providers_refuse_address();
CREATE TRIGGER forget_place AFTER INSERT OR UPDATE ON providers_careunitservice
FOR EACH ROW WHEN (NEW.service_type = 'protected_housing')
EXECUTE FUNCTION providers_forget_place();
"""

REMEMBER_PLACE = """
DROP TRIGGER forget_place ON providers_careunitservice;
DROP TRIGGER refuse_address ON providers_careunitaddress;
DROP TRIGGER forget_position ON providers_careunit;
DROP FUNCTION providers_forget_place();
DROP FUNCTION providers_refuse_address();
DROP FUNCTION providers_forget_position();
DROP FUNCTION providers_is_protected(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("providers", "0002_diary")]

    operations = [migrations.RunSQL(FORGET_PLACE, REMEMBER_PLACE)]
