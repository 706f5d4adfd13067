"""The wall in the database: who sees which rows, whatever the application's own filters say.

The table of who sees what (design page) is written once, as the policy of the request itself;
whatever hangs on a request is seen where the request is seen.
"""

from django.db import migrations

REQUEST = "placements_placementrequest"
SEEN = """
    unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])
    OR (submitted_at IS NOT NULL AND placement_function_id
        = ANY ((SELECT wall_ids('spink.placement_function_ids'))::bigint[]))
    OR (has_purchase AND department_id
        = ANY ((SELECT wall_ids('spink.purchase_department_ids'))::bigint[]))
    OR municipality_id = ANY ((SELECT wall_codes('spink.duty_municipality_codes'))::text[])
"""
PARTS = (
    "placements_recommendation",
    "placements_providerinquiry",
    "placements_informationrequest",
    "placements_outcomefeedback",
)
BY_A_USER = "(SELECT wall_user_id()) IS NOT NULL"
"""A job sees what it is listed with, and nothing by way of it."""
PERSON_SEEN = f"""
    unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])
    OR {BY_A_USER}
    AND EXISTS (SELECT 1 FROM {REQUEST} r WHERE r.person_id = placements_person.id)
"""
IDENTITY_SEEN = f"""
    {BY_A_USER} AND EXISTS (
        SELECT 1 FROM placements_person p WHERE p.id = person_id AND (
            p.protection = 'none'
            OR p.created_by_id = (SELECT wall_user_id())
            OR EXISTS (SELECT 1 FROM {REQUEST} r
                       WHERE r.person_id = p.id AND r.created_by_id = (SELECT wall_user_id()))
        )
    )
"""
UNIT_SEEN = f"""
    {BY_A_USER}
    AND EXISTS (SELECT 1 FROM placements_recommendation r WHERE r.id = recommendation_id)
"""
PART_SEEN = f"{BY_A_USER} AND EXISTS (SELECT 1 FROM {REQUEST} r WHERE r.id = request_id)"
PLACING = """
    r.placement_function_id = ANY ((SELECT wall_ids('spink.placement_function_ids'))::bigint[])
"""
FILING = """
    r.unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])
    OR r.department_id = ANY ((SELECT wall_ids('spink.purchase_department_ids'))::bigint[])
    OR r.municipality_id = ANY ((SELECT wall_codes('spink.duty_municipality_codes'))::text[])
"""
ENTRY = "placements_timelineentry"
ENTRY_SEEN = f"""
    {BY_A_USER} AND EXISTS (SELECT 1 FROM {REQUEST} r WHERE r.id = {ENTRY}.request_id AND (
        {ENTRY}.audience = 'both'
        OR ({ENTRY}.audience = 'placing' AND ({PLACING}))
        OR ({ENTRY}.audience = 'filing' AND ({FILING}))
    ))
"""


def guarded(table: str, seen: str, *, added: str | None = None) -> migrations.RunSQL:
    """Row security that holds for the table's owner as well; `added` where more may be written."""
    job = f"(SELECT wall_job_reads('{table}'))"
    check = f"WITH CHECK ({added} OR {job})" if added else ""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY wall ON {table} FOR ALL USING ({seen} OR {job}) {check};
        """,
        f"""
        DROP POLICY wall ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


class Migration(migrations.Migration):
    dependencies = (("placements", "0001_initial"), ("accounts", "0002_wall"))

    operations = (
        guarded(REQUEST, SEEN),
        guarded("placements_person", PERSON_SEEN),
        guarded("placements_personidentity", IDENTITY_SEEN),
        *(guarded(table, PART_SEEN) for table in PARTS),
        guarded(ENTRY, ENTRY_SEEN),
        guarded("placements_recommendedunit", UNIT_SEEN),
        guarded(
            "placements_notification",
            "user_id = (SELECT wall_user_id())",
        ),
    )
