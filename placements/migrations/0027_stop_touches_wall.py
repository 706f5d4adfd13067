"""What a stop took from a request is seen where the request is seen."""

from django.db import migrations

TABLE = "placements_stoptouch"
SEEN = """
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id)
"""


class Migration(migrations.Migration):
    dependencies = (("placements", "0026_stop_touches"),)

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
