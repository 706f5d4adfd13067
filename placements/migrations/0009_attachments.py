"""Documents on requests, seen where the request is seen."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import spink.foundation.clock
import spink.foundation.encryption

TABLE = "placements_attachment"
SEEN = """
    (SELECT wall_user_id()) IS NOT NULL
    AND EXISTS (SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id)
"""
WALL = f"""
    ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;
    CREATE POLICY wall ON {TABLE} FOR ALL USING ({SEEN} OR (SELECT wall_job_reads('{TABLE}')));
"""
NO_WALL = f"""
    DROP POLICY wall ON {TABLE};
    ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0008_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "name",
                    spink.foundation.encryption.EncryptedTextField(
                        max_length=200, verbose_name="name"
                    ),
                ),
                ("ending", models.CharField(max_length=10)),
                ("size", models.PositiveIntegerField()),
                (
                    "side",
                    models.CharField(
                        choices=[("filing", "The filing side"), ("placing", "The placing side")],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("clean", "Checked"),
                            ("refused", "Refused"),
                        ],
                        default="checking",
                        max_length=20,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=20)),
                ("stored_as", models.CharField(blank=True, max_length=32)),
                ("added_at", models.DateTimeField(default=spink.foundation.clock.now)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawal_reason", models.CharField(blank=True, max_length=400)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="placements.placementrequest",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ("added_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("state", "refused"), _negated=True),
                        ),
                        fields=("request", "place"),
                        name="one_document_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 20)),
                        name="so_many_documents_and_no_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "refused"),
                                ("stored_as", ""),
                                models.Q(("refusal", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "refused"), _negated=True),
                                models.Q(("stored_as", ""), _negated=True),
                                ("refusal", ""),
                            ),
                            _connector="OR",
                        ),
                        name="refused_document_is_not_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("state", "checking")),
                            models.Q(
                                models.Q(("state", "checking"), _negated=True),
                                ("checked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="document_checked_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                                ("withdrawal_reason", ""),
                            ),
                            models.Q(
                                ("withdrawn_at__gte", models.F("added_at")),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WALL, NO_WALL),
    ]
