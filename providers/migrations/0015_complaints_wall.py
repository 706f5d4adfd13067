"""Complaints are seen by the unit that filed them, and by those who control providers.

What they write down among themselves the unit does not see: an answer first when it is passed on.
"""

from django.db import migrations

COMPLAINT = "providers_complaint"
ENTRY = "providers_complaintentry"
CONTROLS = "(SELECT wall_controls_providers())"
SEEN = f"{CONTROLS} OR unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])"
ENTRY_SEEN = f"""
    {CONTROLS} OR (NOT is_internal AND (SELECT wall_user_id()) IS NOT NULL
        AND EXISTS (SELECT 1 FROM {COMPLAINT} c WHERE c.id = complaint_id))
"""


def guarded(table: str, seen: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY wall ON {table} FOR ALL
            USING ({seen} OR (SELECT wall_job_reads('{table}')));
        """,
        f"""
        DROP POLICY wall ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


class Migration(migrations.Migration):
    dependencies = (("providers", "0014_complaints"), ("accounts", "0007_controls_providers"))

    operations = (guarded(COMPLAINT, SEEN), guarded(ENTRY, ENTRY_SEEN))
