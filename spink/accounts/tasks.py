from celery import shared_task
from django.utils.translation import gettext_lazy as _

from spink.accounts import actions
from spink.foundation import jobs


@shared_task(expires=3600.0)
def forget_api_leftovers() -> None:
    actions.forget_api_leftovers()


jobs.describe(forget_api_leftovers.name, _("Forget kept answers and expired tokens of the API"))
