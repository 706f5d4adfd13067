"""How somebody wants to be told by mail."""

from django.db import transaction

from placements.models import MailChoice
from spink.foundation import audit
from spink.foundation.actor import Actor


@transaction.atomic
def choose_mail(*, how: MailChoice.How, by: Actor) -> None:
    """For oneself, and for what is told from now on."""
    MailChoice.objects.update_or_create(user_id=by.user_id, defaults={"how": how})
    audit.record(
        action="choose_mail",
        by=by,
        subject="mail_choice",
        subject_id=by.id,
        details={"how": how},
    )
