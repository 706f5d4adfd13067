from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from spink.foundation import audit
from spink.foundation.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db


def test_record_writes_who_when_and_what(frozen_clock: datetime) -> None:
    entry = audit.record(
        action="submit",
        by=Actor(ActorKind.PERSON, "7", "Kim Larsson"),
        subject="placement_request",
        subject_id="3",
        reference="2025-00003",
        details={"from": "draft"},
    )
    entry.refresh_from_db()

    assert (entry.at, entry.actor_kind, entry.actor_id) == (frozen_clock, "person", "7")
    assert (entry.action, entry.subject, entry.subject_id) == ("submit", "placement_request", "3")
    assert (entry.reference, entry.details) == ("2025-00003", {"from": "draft"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_auditentry SET actor_label = 'somebody else'",
        "DELETE FROM foundation_auditentry",
        "TRUNCATE foundation_auditentry",
    ],
)
def test_entry_is_neither_changed_nor_taken_away(statement: str) -> None:
    audit.record(action="submit", by=Actor.system("tests"), subject="request", subject_id="3")

    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert audit.AuditEntry.objects.get().actor_label == "tests"


def test_record_has_no_foreign_keys_so_that_it_outlives_what_it_speaks_of() -> None:
    assert [field.name for field in audit.AuditEntry._meta.fields if field.is_relation] == []
