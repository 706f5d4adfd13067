from django.db import migrations, models

from spink.accounts.models.choices import Roles


class Migration(migrations.Migration):
    dependencies = (("accounts", "0003_duty_length"),)

    operations = (
        migrations.AlterField(
            model_name="roleassignment",
            name="role",
            field=models.CharField(choices=Roles.choices, max_length=40, verbose_name="role"),
        ),
    )
