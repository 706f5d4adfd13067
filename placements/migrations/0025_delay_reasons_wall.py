"""Why a decision is late is the unit's own: not the placing side's, nor that of other units.

The social worker writes it "for the own unit"; behind the request's wall officers, coordinators of
purchases and those on duty could have read it as well.
"""

from django.db import migrations

TABLE = "placements_delayreason"
JOB = f"(SELECT wall_job_reads('{TABLE}'))"
IS_USER = "(SELECT wall_user_id()) IS NOT NULL"
REQUEST = "SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id"
OWN_UNIT = "r.unit_id = ANY ((SELECT wall_ids('spink.unit_ids'))::bigint[])"
NARROW = (
    f"ALTER POLICY wall ON {TABLE} USING ({IS_USER} AND EXISTS ({REQUEST} AND {OWN_UNIT}) OR {JOB})"
)
WIDEN = f"ALTER POLICY wall ON {TABLE} USING ({IS_USER} AND EXISTS ({REQUEST}) OR {JOB})"


class Migration(migrations.Migration):
    dependencies = [("placements", "0024_refusal_reason")]

    operations = [migrations.RunSQL(NARROW, WIDEN)]
