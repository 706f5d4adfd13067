"""Notes between officers: behind the wall of the placing side, as internal notes are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import spink.foundation.clock

SEEN = """
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (
        SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id
        AND r.placement_function_id
            = ANY ((SELECT wall_ids('spink.placement_function_ids'))::bigint[])
    )
"""
GUARD = f"""
    ALTER TABLE placements_handovernote ENABLE ROW LEVEL SECURITY;
    ALTER TABLE placements_handovernote FORCE ROW LEVEL SECURITY;
    CREATE POLICY wall ON placements_handovernote FOR ALL
        USING ({SEEN} OR (SELECT wall_job_reads('placements_handovernote')));
"""
OPEN_AGAIN = """
    DROP POLICY wall ON placements_handovernote;
    ALTER TABLE placements_handovernote NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE placements_handovernote DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_role_names"),
        ("placements", "0006_exceptions_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOverNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("written_at", models.DateTimeField(default=spink.foundation.clock.now)),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
                ("read_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "note at a handover",
                "verbose_name_plural": "notes at handovers",
                "ordering": ("written_at", "id"),
            },
        ),
        migrations.AddIndex(
            model_name="placementrequest",
            index=models.Index(
                condition=models.Q(("state", "submitted")),
                fields=["team", "due_at", "id"],
                name="request_next_of_team",
            ),
        ),
        migrations.AddField(
            model_name="handovernote",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hand_over_notes",
                to="placements.placementrequest",
            ),
        ),
        migrations.AddField(
            model_name="handovernote",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handovernote",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="handovernote",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["request", "to"],
                name="hand_over_note_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="handovernote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="hand_over_note_has_words"
            ),
        ),
        migrations.RunSQL(GUARD, OPEN_AGAIN),
    ]
