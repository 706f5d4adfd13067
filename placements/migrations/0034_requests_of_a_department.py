from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that lists and counts what a department has sent, the latest first."""

    dependencies = [
        ("placements", "0033_process_deviations_wall"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="placementrequest",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", False)),
                fields=["department", "submitted_at", "id"],
                include=("unit", "placement_function", "municipality", "has_purchase"),
                name="request_of_department",
            ),
        ),
    ]
