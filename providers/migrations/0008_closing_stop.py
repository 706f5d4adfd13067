"""Which stop closes a rung to a unit: the one rule, for whoever asks the database.

It says the same as the match: a stop is in force if it holds on the instant or on the wanted start.
No rung is as a direct award: only so could the unit be bought.
"""

from django.db import migrations

CLOSING_STOP = """
CREATE FUNCTION providers_closing_stop(unit text, form text, instant date, start date)
RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT s.id FROM providers_careunit u
    JOIN providers_provider p ON p.id = u.provider_id
    JOIN providers_stop s
        ON s.unit_id = u.id OR s.provider_id = p.id OR s.group_id = p.group_id
    WHERE u.code = unit AND s.ended_at IS NULL
        AND CASE s.kind
            WHEN 'recommendation_stop' THEN form IN ('direct_award', '')
            WHEN 'order_stop' THEN form IN ('framework', 'direct_award', '')
            ELSE true
        END
        AND (instant BETWEEN coalesce(s.valid_from, '-infinity')
                AND coalesce(s.valid_to, 'infinity')
            OR start BETWEEN coalesce(s.valid_from, '-infinity')
                AND coalesce(s.valid_to, 'infinity'))
    ORDER BY s.valid_from NULLS FIRST, s.id LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = (("providers", "0007_planned_changes"),)

    operations = (
        migrations.RunSQL(
            CLOSING_STOP, "DROP FUNCTION providers_closing_stop(text, text, date, date);"
        ),
    )
