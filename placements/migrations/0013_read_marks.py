"""How far each side has read, seen where the request is seen and written by the reader alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import spink.foundation.clock

TABLE = "placements_readmark"
SEEN = """
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id)
"""
JOB = f"(SELECT wall_job_reads('{TABLE}'))"
WALL = f"""
    ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;
    CREATE POLICY wall ON {TABLE} FOR ALL USING ({SEEN} OR {JOB})
    WITH CHECK ({SEEN} AND user_id = (SELECT wall_user_id()) OR {JOB});
"""
NO_WALL = f"""
    DROP POLICY wall ON {TABLE};
    ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0012_access_reviews_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("filing", "The filing side"), ("placing", "The placing side")],
                        max_length=20,
                    ),
                ),
                (
                    "read_to",
                    models.BigIntegerField(
                        help_text="The number of the last entry that was shown."
                    ),
                ),
                ("read_at", models.DateTimeField(default=spink.foundation.clock.now)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_marks",
                        to="placements.placementrequest",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "read mark",
                "verbose_name_plural": "read marks",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "user"), name="one_read_mark_a_reader"
                    )
                ],
            },
        ),
        migrations.RunSQL(WALL, NO_WALL),
    ]
