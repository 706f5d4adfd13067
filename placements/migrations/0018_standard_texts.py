import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import spink.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0017_proposals_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("ask_information", "Asking for information"),
                            ("recommendation", "Message with a recommendation"),
                            ("hand_over", "Note at a handover"),
                        ],
                        max_length=30,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "service_type",
                    models.CharField(blank=True, max_length=60, verbose_name="service"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "standard text",
                "verbose_name_plural": "standard texts",
                "ordering": ("purpose", "name", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("purpose", "service_type", "name"),
                        name="standard_text_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardTextVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(max_length=4000, verbose_name="text")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("saved_at", models.DateTimeField(default=spink.foundation.clock.now)),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="placements.standardtext",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a standard text",
                "verbose_name_plural": "versions of standard texts",
                "ordering": ("-valid_from", "-id"),
            },
        ),
    ]
