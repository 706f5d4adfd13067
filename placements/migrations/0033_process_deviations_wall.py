"""Process deviations are seen by the filer's unit, or the filer alone where there is none, and by
those who handle them, save by those whom they are about. Which request it is: by who sees both.

They are filed in nobody else's name, and taken away only by a job that disposes of them.
"""

from django.db import migrations

DEVIATION = "placements_processdeviation"
ENTRY = "placements_processdeviationentry"
LINK = "placements_processdeviationrequest"
USER = "(SELECT wall_user_id())"
HANDLES = "(SELECT wall_handles_deviations())"
UNITS = "(SELECT wall_ids('spink.unit_ids'))::bigint[]"
OF_DEVIATION = f"SELECT 1 FROM {DEVIATION} d WHERE d.id = deviation_id"
SEEN = {
    DEVIATION: f"""
        ({HANDLES} AND NOT {USER} = ANY (handlers))
        OR unit_id = ANY ({UNITS})
        OR (unit_id IS NULL AND filed_by_id = {USER})
    """,
    ENTRY: f"""
        {USER} IS NOT NULL AND (NOT is_internal OR {HANDLES}) AND EXISTS ({OF_DEVIATION})
    """,
    LINK: f"""
        {USER} IS NOT NULL AND EXISTS ({OF_DEVIATION})
        AND EXISTS (SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id)
    """,
}
ADDED = {
    DEVIATION: f"filed_by_id = {USER} AND (unit_id IS NULL OR unit_id = ANY ({UNITS}))",
    ENTRY: f"by_id = {USER} AND {HANDLES} AND EXISTS ({OF_DEVIATION})",
    LINK: SEEN[LINK],
}

FUNCTION = """
CREATE FUNCTION wall_handles_deviations() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('spink.handles_deviations', true), '') = 'yes' $$;
"""


def guarded(table: str) -> migrations.RunSQL:
    job = f"(SELECT wall_job_reads('{table}'))"
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY wall ON {table} FOR SELECT USING ({SEEN[table]} OR {job});
        CREATE POLICY added ON {table} FOR INSERT WITH CHECK (({ADDED[table]}) OR {job});
        CREATE POLICY changed ON {table} FOR UPDATE USING ({SEEN[table]} OR {job});
        CREATE POLICY disposed_of_by_jobs ON {table} FOR DELETE USING ({job});
        """,
        f"""
        DROP POLICY disposed_of_by_jobs ON {table};
        DROP POLICY changed ON {table};
        DROP POLICY added ON {table};
        DROP POLICY wall ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


class Migration(migrations.Migration):
    dependencies = (("placements", "0032_process_deviations"), ("accounts", "0002_wall"))

    operations = (
        migrations.RunSQL(FUNCTION, "DROP FUNCTION wall_handles_deviations();"),
        *(guarded(table) for table in SEEN),
    )
