"""What users choose for themselves."""

from django.db import transaction

from spink.accounts.models import User
from spink.foundation import audit
from spink.foundation.actor import Actor


@transaction.atomic
def use_shortcuts(user: User, *, on: bool, by: Actor) -> None:
    """Keys without a modifier can be switched off by whoever meets them by accident."""
    user.uses_shortcuts = on
    user.save(update_fields=["uses_shortcuts"])
    audit.record(
        action="use_shortcuts",
        by=by,
        subject="user",
        subject_id=str(user.pk),
        details={"on": on},
    )
