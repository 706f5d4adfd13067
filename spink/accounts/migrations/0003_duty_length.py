from datetime import timedelta

from django.db import migrations, models
from django.db.models.expressions import CombinedExpression


class Migration(migrations.Migration):
    dependencies = (("accounts", "0002_wall"),)

    operations = (
        migrations.AddConstraint(
            model_name="dutyshift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ends_at__lte=CombinedExpression(
                        models.F("started_at"), "+", models.Value(timedelta(hours=16))
                    )
                ),
                name="duty_shift_ends_within_16_hours",
            ),
        ),
    )
