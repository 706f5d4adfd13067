"""Changes that wait for their day.

They are rows of the register like the others: numbered, and kept in the diary.
"""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

TABLE = "providers_plannedchange"
ROWS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
KEEP = "".join(
    f"CREATE TRIGGER diary_{event} AFTER {event} ON {TABLE} REFERENCING {images} "
    "FOR EACH STATEMENT EXECUTE FUNCTION providers_keep_diary();\n"
    for event, images in ROWS.items()
) + (
    f"CREATE TRIGGER diary_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse();\n"
)
FORGET = "".join(f"DROP TRIGGER diary_{event} ON {TABLE};\n" for event in (*ROWS, "truncate"))


class Migration(migrations.Migration):
    dependencies = [("providers", "0006_unit_search")]

    operations = [
        migrations.CreateModel(
            name="PlannedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=30)),
                ("row_id", models.BigIntegerField()),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned_changes",
                        to="providers.careunit",
                    ),
                ),
                ("day", models.DateField(verbose_name="planned for")),
                (
                    "values",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="new values",
                    ),
                ),
                ("planned_at", models.DateTimeField(verbose_name="planned at")),
                ("planned_by", models.JSONField(verbose_name="planned by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("done", "Carried out"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Could not be carried out"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned change",
                "verbose_name_plural": "planned changes",
                "ordering": ("day", "id"),
                "indexes": [
                    models.Index(
                        condition=Q(state="planned"),
                        fields=["day", "id"],
                        name="plannedchange_waiting",
                    ),
                    models.Index(fields=["part", "row_id"], name="plannedchange_row"),
                ],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
