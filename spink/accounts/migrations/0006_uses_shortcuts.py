from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_last_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="uses_shortcuts",
            field=models.BooleanField(db_default=True, default=True, verbose_name="uses shortcuts"),
        ),
    ]
