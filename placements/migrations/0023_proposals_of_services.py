from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A proposal that waits stands in the index from which the queue is counted as well."""

    dependencies = [
        ("accounts", "0006_uses_shortcuts"),
        ("placements", "0022_nobody_stopped"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="placementrequest",
            name="request_open_in_queue",
        ),
        migrations.AddField(
            model_name="placementrequest",
            name="service_proposed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when a proposal of another service waits for its answer.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="serviceproposal",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                    ("lapsed", "Lapsed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="placementrequest",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        ["awaiting_information", "in_progress", "recommended", "submitted"],
                    )
                ),
                fields=["placement_function", "due_at", "id"],
                include=(
                    "state",
                    "service_proposed_at",
                    "assigned_to",
                    "team",
                    "service_type",
                    "urgency",
                    "wanted_start",
                    "submitted_at",
                    "unit",
                    "municipality",
                    "department",
                    "has_purchase",
                ),
                name="request_open_in_queue",
            ),
        ),
    ]
