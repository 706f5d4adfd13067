"""Departments, units and teams end by a date."""

from django.db import migrations, models


def last_day():
    return models.DateField(blank=True, null=True, verbose_name="last day")


class Migration(migrations.Migration):
    dependencies = (("accounts", "0004_role_names"),)

    operations = (
        migrations.AddField("department", "valid_to", last_day()),
        migrations.AddField("unit", "valid_to", last_day()),
        migrations.AddField("placementteam", "valid_to", last_day()),
    )
