"""Which request a complaint is about is for the unit that filed both, and nobody else.

Not for officers and those on duty either: they see the request, but not the complaint.
"""

from django.db import migrations

TABLE = "placements_complaintrequest"
SEEN = """
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (
        SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id
        AND r.unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])
    )
    AND EXISTS (SELECT 1 FROM providers_complaint c WHERE c.id = complaint_id)
"""


class Migration(migrations.Migration):
    dependencies = (
        ("placements", "0028_complaint_requests"),
        ("providers", "0015_complaints_wall"),
    )

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
