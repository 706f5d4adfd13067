from celery import shared_task
from django.utils.translation import gettext_lazy as _

from spink.accounts.api import idempotency, tokens
from spink.foundation import jobs


@shared_task(expires=3600.0)
def forget_api_leftovers() -> None:
    """Answers kept for whoever sends a call again, and tokens that are over."""
    idempotency.forget_old()
    tokens.forget_expired()


jobs.describe(forget_api_leftovers.name, _("Forget kept answers and expired tokens of the API"))
