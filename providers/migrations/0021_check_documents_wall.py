"""Documents of checks are seen by those who control providers.

Those of checks of what courts have said have the wall of offence data as well.
"""

from django.db import migrations

TABLE = "providers_checkdocument"
SEEN = """
    (SELECT wall_controls_providers())
    AND EXISTS (
        SELECT 1 FROM providers_providercheck c WHERE c.id = provider_check_id
        AND (NOT starts_with(c.check_code, 'court_of_') OR (SELECT wall_reads_offences()))
    )
"""


class Migration(migrations.Migration):
    dependencies = (("providers", "0020_check_documents"), ("accounts", "0007_controls_providers"))

    operations = (
        migrations.RunSQL(
            f"""
            ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;
            CREATE POLICY wall ON {TABLE} FOR ALL
                USING ({SEEN} OR (SELECT wall_job_reads('{TABLE}')));
            """,
            f"""
            DROP POLICY wall ON {TABLE};
            ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;
            """,
        ),
    )
