from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that the whole queue is counted from; it does what the one before it did."""

    dependencies = [
        ("placements", "0020_purposes_of_standard_texts"),
    ]

    operations = [
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
        migrations.RemoveIndex(
            model_name="placementrequest",
            name="request_open_by_function",
        ),
    ]
