from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0022_told_of_watches"),
    ]

    operations = [
        migrations.AddField(
            model_name="vetting",
            name="told_of",
            field=models.DateField(null=True),
        ),
    ]
