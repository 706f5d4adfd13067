"""The audit trail is only added to: an entry is neither changed nor taken away, by anybody."""

from django.db import migrations

ONLY_ADDED_TO = """
CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to();
"""

OPEN_TO_ALL = """
DROP TRIGGER only_added_to ON foundation_auditentry;
DROP FUNCTION audit_is_only_added_to();
"""


class Migration(migrations.Migration):
    dependencies = (("foundation", "0001_initial"),)

    operations = (migrations.RunSQL(ONLY_ADDED_TO, OPEN_TO_ALL),)
