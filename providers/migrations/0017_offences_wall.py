"""What courts have said of providers is seen by the quality team and the lawyer alone.

It is added to and never changed; only a job that disposes of it may take a row away.
"""

from django.db import migrations

TABLE = "providers_offencerecord"


class Migration(migrations.Migration):
    dependencies = (("providers", "0016_reviews"), ("accounts", "0002_wall"))

    operations = (
        migrations.RunSQL(
            f"""
            CREATE FUNCTION wall_reads_offences() RETURNS boolean
            LANGUAGE sql STABLE PARALLEL SAFE AS
            $$ SELECT coalesce(current_setting('spink.reads_offences', true), '') = 'yes' $$;
            ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;
            CREATE POLICY wall ON {TABLE} FOR SELECT
                USING ((SELECT wall_reads_offences()) OR (SELECT wall_job_reads('{TABLE}')));
            CREATE POLICY added_by_readers ON {TABLE} FOR INSERT
                WITH CHECK ((SELECT wall_reads_offences()) OR (SELECT wall_job_reads('{TABLE}')));
            CREATE POLICY disposed_of_by_jobs ON {TABLE} FOR DELETE
                USING ((SELECT wall_job_reads('{TABLE}')));
            """,
            f"""
            DROP POLICY disposed_of_by_jobs ON {TABLE};
            DROP POLICY added_by_readers ON {TABLE};
            DROP POLICY wall ON {TABLE};
            ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;
            DROP FUNCTION wall_reads_offences();
            """,
        ),
    )
