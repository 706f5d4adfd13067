"""Events get the order in which they were written: a number of a sequence."""

from django.db import migrations, models

NUMBERS = "foundation_outboxevent_number"


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_job_runs")]

    operations = [
        migrations.RunSQL(f"CREATE SEQUENCE {NUMBERS}", f"DROP SEQUENCE {NUMBERS}"),
        migrations.AddField(
            model_name="outboxevent",
            name="number",
            field=models.BigIntegerField(
                db_default=models.Func(models.Value(NUMBERS), function="nextval"), editable=False
            ),
        ),
    ]
