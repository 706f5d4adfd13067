"""On duty, a colleague's empty draft is filled in: its person is written before it hangs on it."""

from django.db import migrations

BEFORE = """
    unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])
    OR (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (SELECT 1 FROM placements_placementrequest r WHERE r.person_id = placements_person.id)
    OR (SELECT wall_job_reads('placements_person'))
"""
ON_DUTY = """
    OR unit_id IN (
        SELECT u.id FROM accounts_unit u JOIN accounts_department d ON d.id = u.department_id
        WHERE d.municipality_id = ANY ((SELECT wall_codes('spink.duty_municipality_codes'))::text[])
    )
"""


def _policy(seen: str) -> str:
    return f"ALTER POLICY wall ON placements_person USING ({seen})"


class Migration(migrations.Migration):
    dependencies = (("placements", "0002_wall"), ("accounts", "0002_wall"))

    operations = (migrations.RunSQL(_policy(BEFORE + ON_DUTY), _policy(BEFORE)),)
