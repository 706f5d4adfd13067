"""The register's number and diary, kept by the database whoever changes a row.

The first change of a transaction takes the next number under the lock of one row, so numbers are
committed in their order. The number lives in a transaction-local setting, which a rolled back
savepoint takes back together with the row. An edition is dated when it is committed; until then
its own transaction may still write to it, and nobody ever after.
"""

from django.db import migrations

TABLES = (
    "providers_corporategroup",
    "providers_provider",
    "providers_careunit",
    "providers_careunitaddress",
    "providers_careunitservice",
    "providers_permit",
    "providers_directawardvetting",
    "providers_agreement",
    "providers_agreementlot",
    "providers_agreementunit",
    "providers_price",
    "providers_stop",
    "providers_registersetting",
    "catalogue_servicerung",
)
DIARY = ("providers_registeredition", "providers_registerchange")

TAKE_NUMBER = """
CREATE FUNCTION providers_take_number() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    actor jsonb := nullif(current_setting('spink.actor', true), '')::jsonb;
    dated timestamptz := nullif(current_setting('spink.diary_at', true), '')::timestamptz;
    taken bigint := nullif(current_setting('spink.register_number', true), '')::bigint;
    last providers_registernumber;
BEGIN
    IF actor IS NULL THEN
        RAISE EXCEPTION 'the register is not changed without an actor (spink.actor)'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF taken IS NOT NULL THEN
        RETURN taken;
    END IF;
    INSERT INTO providers_registernumber (id, number) VALUES (1, 0) ON CONFLICT DO NOTHING;
    SELECT * INTO last FROM providers_registernumber WHERE id = 1 FOR UPDATE;
    IF dated <= last.at THEN
        RAISE EXCEPTION 'the diary is dated % already, which is not before %', last.at, dated
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    last.number := last.number + 1;
    last.at := coalesce(
        dated, greatest(clock_timestamp(), last.at + interval '1 microsecond')
    );
    UPDATE providers_registernumber SET number = last.number, at = last.at WHERE id = 1;
    PERFORM set_config('spink.register_number', last.number::text, true);
    INSERT INTO providers_registeredition (number, at, actor, note, dated, mark)
    VALUES (
        last.number, last.at, actor,
        coalesce(current_setting('spink.register_note', true), ''), dated IS NOT NULL,
        gen_random_uuid()
    );
    RETURN last.number;
END $$;
"""

DATE_EDITION = """
CREATE FUNCTION providers_date_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    committed timestamptz;
BEGIN
    UPDATE providers_registernumber SET at = greatest(clock_timestamp(), at)
    WHERE id = 1 AND number = NEW.number RETURNING at INTO committed;
    UPDATE providers_registeredition SET at = committed WHERE number = NEW.number;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER edition_is_dated_at_commit
AFTER INSERT ON providers_registeredition DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NOT NEW.dated) EXECUTE FUNCTION providers_date_edition();
"""

KEEP_DIARY = """
CREATE FUNCTION providers_unit_of(from_table text, image jsonb) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN from_table = 'providers_careunit' THEN (image->>'id')::bigint
        WHEN from_table = 'providers_price' THEN
            (SELECT unit_id FROM providers_agreementunit
             WHERE id = (image->>'agreement_unit_id')::bigint)
        ELSE (image->>'unit_id')::bigint
    END
$$;
CREATE FUNCTION providers_keep_diary() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
        taken := providers_take_number();
        INSERT INTO providers_registerchange
            (number, table_name, row_pk, unit_id, operation, before, after)
        SELECT taken, TG_TABLE_NAME, n.id,
            providers_unit_of(TG_TABLE_NAME, to_jsonb(n)), 'I', NULL, to_jsonb(n)
        FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM old_rows) THEN RETURN NULL; END IF;
        taken := providers_take_number();
        INSERT INTO providers_registerchange
            (number, table_name, row_pk, unit_id, operation, before, after)
        SELECT taken, TG_TABLE_NAME, o.id,
            providers_unit_of(TG_TABLE_NAME, to_jsonb(o)), 'D', to_jsonb(o), NULL
        FROM old_rows o;
    ELSE
        IF EXISTS (
            SELECT FROM new_rows n WHERE NOT EXISTS (SELECT FROM old_rows o WHERE o.id = n.id)
        ) THEN
            RAISE EXCEPTION 'a row of the register keeps its id'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT EXISTS (
            SELECT FROM old_rows o JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n
        ) THEN
            RETURN NULL;
        END IF;
        taken := providers_take_number();
        INSERT INTO providers_registerchange
            (number, table_name, row_pk, unit_id, operation, before, after)
        SELECT taken, TG_TABLE_NAME, n.id,
            providers_unit_of(TG_TABLE_NAME, to_jsonb(n)), 'U', to_jsonb(o), to_jsonb(n)
        FROM old_rows o JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n;
    END IF;
    RETURN NULL;
END $$;
"""

REFUSE = """
CREATE FUNCTION providers_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the diary is only added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION providers_refuse_once_committed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number IS DISTINCT FROM
        nullif(current_setting('spink.register_number', true), '')::bigint
    THEN
        RAISE EXCEPTION '% on % is refused: the diary is only added to', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

ADOPT_RUNGS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM catalogue_servicerung) THEN
        PERFORM set_config(
            'spink.actor', '{"kind": "system", "id": "migrate", "label": "migrate"}', true
        );
        INSERT INTO providers_registerchange (number, table_name, row_pk, operation, after)
        SELECT providers_take_number(), 'catalogue_servicerung', r.id, 'I', to_jsonb(r)
        FROM catalogue_servicerung r;
        PERFORM set_config('spink.actor', '', true);
    END IF;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


def _kept(table: str) -> str:
    """Every insert, update and delete of the table goes into the diary; it cannot be emptied."""
    rows = {
        "insert": "NEW TABLE AS new_rows",
        "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "OLD TABLE AS old_rows",
    }
    kept = "".join(
        f"CREATE TRIGGER diary_{event} AFTER {event} ON {table} REFERENCING {images} "
        "FOR EACH STATEMENT EXECUTE FUNCTION providers_keep_diary();\n"
        for event, images in rows.items()
    )
    return kept + _not_emptied(table)


def _not_emptied(table: str) -> str:
    return (
        f"CREATE TRIGGER diary_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse();\n"
    )


def _only_added_to(table: str) -> str:
    return _not_emptied(table) + (
        f"CREATE TRIGGER diary_is_only_added_to BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION providers_refuse_once_committed();\n"
    )


def _forgotten(table: str) -> str:
    return "".join(
        f"DROP TRIGGER diary_{event} ON {table};\n"
        for event in ("insert", "update", "delete", "truncate")
    )


class Migration(migrations.Migration):
    dependencies = [("providers", "0001_initial"), ("catalogue", "0001_initial")]

    operations = [
        migrations.RunSQL(TAKE_NUMBER, "DROP FUNCTION providers_take_number();"),
        migrations.RunSQL(
            DATE_EDITION,
            "DROP TRIGGER edition_is_dated_at_commit ON providers_registeredition;"
            "DROP FUNCTION providers_date_edition();",
        ),
        migrations.RunSQL(
            KEEP_DIARY,
            "DROP FUNCTION providers_keep_diary();DROP FUNCTION providers_unit_of(text, jsonb);",
        ),
        migrations.RunSQL(
            REFUSE,
            "DROP FUNCTION providers_refuse();DROP FUNCTION providers_refuse_once_committed();",
        ),
        migrations.RunSQL(ADOPT_RUNGS, migrations.RunSQL.noop),
        *(migrations.RunSQL(_kept(table), _forgotten(table)) for table in TABLES),
        *(
            migrations.RunSQL(
                _only_added_to(table),
                f"DROP TRIGGER diary_truncate ON {table};"
                f"DROP TRIGGER diary_is_only_added_to ON {table};",
            )
            for table in DIARY
        ),
    ]
