"""Whoever controls providers reads what is said of them, and no requests."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION wall_controls_providers() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('spink.controls_providers', true), '') = 'true' $$;
"""


class Migration(migrations.Migration):
    dependencies = (("accounts", "0006_uses_shortcuts"),)

    operations = (migrations.RunSQL(FUNCTION, "DROP FUNCTION wall_controls_providers();"),)
