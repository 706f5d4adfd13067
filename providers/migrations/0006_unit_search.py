"""The words by which units are found, kept by the database whoever changes a row.

Names weigh A, provider and group B, what the unit gives and where it lies C, for whom D. Each word
stands as it is written (of protected housing not where it lies) and without its dots and accents, so that `sjovik` finds Sjövik, and
`sjövik` does not find Sjovik. What the register's own changes touch is written under the lock of
the register's number, which a change of the catalogue's or a municipality's names takes too.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

WORDS = r"""
CREATE FUNCTION providers_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', plain || ' ' ||
        translate(plain, 'åäöéèáàüøæ', 'aaoeeaauoa'))
    FROM (SELECT translate(
        lower($1), '-/.,:;&@()+_%!?''"–<>*#=|[]{}\', repeat(' ', 40)
    ) AS plain) one
$$;
CREATE FUNCTION providers_search_documents(ids bigint[])
RETURNS TABLE (unit_id bigint, document tsvector) LANGUAGE sql STABLE AS $$
    WITH units AS (
        SELECT u.* FROM unnest(ids) AS touched(id) JOIN providers_careunit u USING (id)
    ),
    given AS (
        SELECT c.unit_id, string_agg(DISTINCT t.name_sv || ' ' || coalesce(s.name_sv, ''), ' ')
            AS words, bool_or(c.service_type = 'protected_housing') AS protected
        FROM unnest(ids) AS touched(id)
        JOIN providers_careunitservice c ON c.unit_id = touched.id
        JOIN catalogue_servicetype t ON t.code = c.service_type
        LEFT JOIN catalogue_subtype s ON s.service_type_id = t.id
            AND (c.subtypes = '{}' OR s.code = ANY(c.subtypes))
        GROUP BY c.unit_id
    ),
    met AS (
        SELECT u.id AS unit_id, string_agg(n.name_sv, ' ') AS words
        FROM units u JOIN catalogue_specialneed n ON n.code = ANY(u.needs_met) GROUP BY u.id
    )
    SELECT u.id,
        setweight(providers_words(concat_ws(' ', u.name, u.code)), 'A')
        || setweight(providers_words(concat_ws(' ', p.name, g.name)), 'B')
        || setweight(providers_words(concat_ws(' ', given.words,
            array_to_string(u.methods, ' '),
            CASE WHEN NOT coalesce(given.protected, false) THEN concat_ws(' ', u.district, m.name) END
        )), 'C')
        || setweight(providers_words(concat_ws(' ', met.words, u.priority_group,
            CASE WHEN 'woman' = ANY(u.genders) THEN 'kvinna kvinnor' END,
            CASE WHEN 'man' = ANY(u.genders) THEN 'man män' END)), 'D')
    FROM units u
    JOIN providers_provider p ON p.id = u.provider_id
    LEFT JOIN providers_corporategroup g ON g.id = p.group_id
    LEFT JOIN accounts_municipality m ON m.code = u.municipality
    LEFT JOIN given ON given.unit_id = u.id
    LEFT JOIN met ON met.unit_id = u.id
$$;
CREATE FUNCTION providers_write_words(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO providers_unitsearch (unit_id, document)
    SELECT unit_id, document FROM providers_search_documents(ids)
    ON CONFLICT (unit_id) DO UPDATE SET document = EXCLUDED.document
    WHERE providers_unitsearch.document IS DISTINCT FROM EXCLUDED.document
$$;
"""

NO_WORDS = """
DROP FUNCTION providers_write_words(bigint[]);
DROP FUNCTION providers_search_documents(bigint[]);
DROP FUNCTION providers_words(text);
"""

CHANGES = """
ALTER TABLE providers_unitsearch ADD CONSTRAINT unitsearch_unit_exists
    FOREIGN KEY (unit_id) REFERENCES providers_careunit (id) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED;
CREATE FUNCTION providers_words_of_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM providers_write_words(ARRAY(SELECT id FROM new_rows));
    ELSE
        PERFORM providers_write_words(ARRAY(
            SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
            WHERE (n.name, n.code, n.provider_id, n.methods, n.district, n.municipality,
                n.needs_met, n.priority_group, n.genders)
            IS DISTINCT FROM (o.name, o.code, o.provider_id, o.methods, o.district,
                o.municipality, o.needs_met, o.priority_group, o.genders)
        ));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER words_insert AFTER INSERT ON providers_careunit
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_units();
CREATE TRIGGER words_update AFTER UPDATE ON providers_careunit
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_units();

CREATE FUNCTION providers_words_of_services() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT DISTINCT unit_id FROM new_rows);
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY(SELECT DISTINCT unit_id FROM old_rows);
    ELSE
        touched := ARRAY(SELECT unit_id FROM new_rows UNION SELECT unit_id FROM old_rows);
    END IF;
    PERFORM providers_write_words(touched);
    RETURN NULL;
END $$;
CREATE TRIGGER words_insert AFTER INSERT ON providers_careunitservice
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_services();
CREATE TRIGGER words_update AFTER UPDATE ON providers_careunitservice
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_services();
CREATE TRIGGER words_delete AFTER DELETE ON providers_careunitservice
REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_services();

CREATE FUNCTION providers_words_of_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM providers_write_words(ARRAY(
        SELECT u.id FROM new_rows n JOIN old_rows o USING (id)
        JOIN providers_provider p
            ON CASE TG_TABLE_NAME WHEN 'providers_provider' THEN p.id ELSE p.group_id END = n.id
        JOIN providers_careunit u ON u.provider_id = p.id
        WHERE n.name <> o.name OR to_jsonb(n) -> 'group_id' IS DISTINCT FROM to_jsonb(o) -> 'group_id'
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER words_update AFTER UPDATE ON providers_provider
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_owners();
CREATE TRIGGER words_update AFTER UPDATE ON providers_corporategroup
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_owners();

CREATE FUNCTION providers_words_of_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            SELECT to_jsonb(n) ->> 'code', to_jsonb(n) ->> TG_ARGV[0] FROM new_rows n
            EXCEPT SELECT to_jsonb(o) ->> 'code', to_jsonb(o) ->> TG_ARGV[0] FROM old_rows o
        ) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM FROM providers_registernumber WHERE id = 1 FOR UPDATE;
    PERFORM providers_write_words(ARRAY(SELECT id FROM providers_careunit));
    RETURN NULL;
END $$;
"""

NAMED = {
    "catalogue_servicetype": "name_sv",
    "catalogue_subtype": "name_sv",
    "catalogue_specialneed": "name_sv",
    "accounts_municipality": "name",
}
OF_NAMES = "".join(
    f"CREATE TRIGGER words_insert AFTER INSERT ON {table} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_names();\n"
    f"CREATE TRIGGER words_update AFTER UPDATE ON {table} "
    "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "
    f"FOR EACH STATEMENT EXECUTE FUNCTION providers_words_of_names('{column}');\n"
    for table, column in NAMED.items()
)

NO_CHANGES = (
    "".join(
        f"DROP TRIGGER words_insert ON {table};DROP TRIGGER words_update ON {table};"
        for table in (*NAMED, "providers_careunit", "providers_careunitservice")
    )
    + """
DROP TRIGGER words_delete ON providers_careunitservice;
DROP TRIGGER words_update ON providers_provider;
DROP TRIGGER words_update ON providers_corporategroup;
DROP FUNCTION providers_words_of_names();
DROP FUNCTION providers_words_of_owners();
DROP FUNCTION providers_words_of_services();
DROP FUNCTION providers_words_of_units();
ALTER TABLE providers_unitsearch DROP CONSTRAINT unitsearch_unit_exists;
"""
)

# Checked at once: no index can be made on a table whose rows are still to be checked.
ALL_UNITS = """
SELECT providers_write_words(ARRAY(SELECT id FROM providers_careunit));
SET CONSTRAINTS unitsearch_unit_exists IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0005_register_uploads"),
        ("catalogue", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitSearch",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="providers.careunit",
                    ),
                ),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "words of a care unit",
                "verbose_name_plural": "words of care units",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["document"], name="unitsearch_words"
                    )
                ],
            },
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(CHANGES + OF_NAMES, NO_CHANGES),
        migrations.RunSQL(ALL_UNITS, migrations.RunSQL.noop),
    ]
