"""A client of the API sees its own endpoints and what was sent to them, since a message says of a
request that it is there. Whoever administers looks at them by a job that is listed."""

from django.db import migrations

ENDPOINT = "webhooks_webhookendpoint"
DELIVERY = "webhooks_webhookdelivery"
SEEN = "account_id = (SELECT wall_user_id())"
DELIVERY_SEEN = f"""
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (SELECT 1 FROM {ENDPOINT} e WHERE e.id = endpoint_id)
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
    dependencies = (("webhooks", "0001_initial"), ("accounts", "0002_wall"))

    operations = (guarded(ENDPOINT, SEEN), guarded(DELIVERY, DELIVERY_SEEN))
