"""The wall's functions, and the access log that whoever reads may add to but not read."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION wall_ids(setting text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting(setting, true), ''), '{}')::bigint[] $$;

CREATE FUNCTION wall_codes(setting text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting(setting, true), ''), '{}')::text[] $$;

CREATE FUNCTION wall_user_id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('spink.user_id', true), '')::bigint $$;

CREATE FUNCTION wall_job_reads(guarded text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT guarded = ANY (wall_codes('spink.job_tables')) $$;
"""

NO_FUNCTIONS = """
DROP FUNCTION wall_job_reads(text);
DROP FUNCTION wall_user_id();
DROP FUNCTION wall_codes(text);
DROP FUNCTION wall_ids(text);
"""

ACCESS_LOG = """
ALTER TABLE accounts_accessentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_accessentry FORCE ROW LEVEL SECURITY;
CREATE POLICY added_by_readers ON accounts_accessentry FOR INSERT WITH CHECK (
    actor_kind <> 'person' OR actor_id = coalesce(wall_user_id()::text, actor_id));
CREATE POLICY read_by_review ON accounts_accessentry FOR SELECT
    USING ((SELECT wall_job_reads('accounts_accessentry')));
"""

OPEN_ACCESS_LOG = """
DROP POLICY read_by_review ON accounts_accessentry;
DROP POLICY added_by_readers ON accounts_accessentry;
ALTER TABLE accounts_accessentry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_accessentry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = (("accounts", "0001_initial"),)

    operations = (
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(ACCESS_LOG, OPEN_ACCESS_LOG),
    )
