import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0012_vettings"),
    ]

    operations = [
        migrations.AddField(
            model_name="registeredition",
            name="undoes",
            field=models.ForeignKey(
                db_column="undoes",
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="providers.registeredition",
            ),
        ),
    ]
