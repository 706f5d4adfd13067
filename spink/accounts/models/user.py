from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.reach import NOTHING, Reach
from spink.foundation.actor import Actor, ActorKind


class User(AbstractUser):
    """Somebody who works in Spink. What one may do follows from role assignments alone."""

    reach: Reach = NOTHING
    """What the user may see and do; the wall fills it in for the user of a web request."""

    uses_shortcuts = models.BooleanField(_("uses shortcuts"), default=True, db_default=True)
    is_service = models.BooleanField(default=False, db_default=False, editable=False)
    """An API client's account: no person, logs in nowhere, stands in no list of people."""
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.PERSON, str(self.pk), str(self))
