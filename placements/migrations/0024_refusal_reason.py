from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0023_proposals_of_services"),
    ]

    operations = [
        migrations.AddField(
            model_name="providerinquiry",
            name="refusal_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
    ]
