import hashlib
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from spink.foundation import clock
from spink.foundation.encryption import EncryptedTextField


class ApiClient(AbstractApplication):  # type: ignore[misc]
    """Another municipality's case system: it files for one unit and sees that unit's department.

    It acts through an account of its own (`user`), which nobody logs in with; so the wall and all
    that remembers who did something treat it as they treat people.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_client"
    )
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, verbose_name=_("files for"), related_name="+"
    )
    scopes = ArrayField(models.CharField(max_length=60), verbose_name=_("scopes"))
    """Values of `ApiScope`."""
    contact = models.EmailField(_("technical contact"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("name",), name="api_client_name_once"),
            models.CheckConstraint(
                condition=Q(authorization_grant_type="client-credentials"),
                name="api_client_speaks_for_itself",
            ),
        )

    @property
    def client_secret(self) -> list[str]:
        """Instead of the one that the library keeps: the hashes of all that hold now, since the
        old one holds for some days while a new one is put in its place."""
        return [secret.digest for secret in self.secrets.all() if secret.holds(clock.now())]

    def is_usable(self, _request: object) -> bool:
        return self.ended_at is None


class ApiSecret(models.Model):
    """One secret of a client. What was shown once is kept as a digest: it is long and drawn by
    chance, so that a slow hash would add nothing."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.hint}…"

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def holds(self, at: datetime) -> bool:
        return self.ends_at is None or at < self.ends_at


class KeptAnswer(models.Model):
    """What a POST was answered, for whoever sends it again under the same key.

    Encrypted, since the answer says of the request what its description says.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = EncryptedTextField(blank=True)
    subjects = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    """References of the requests that it shows: who gets it again has read them again."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "key"), name="kept_answer_key_once"),
        )
        indexes = (models.Index(fields=("at",), name="kept_answer_at"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.at:%Y-%m-%d %H:%M}"
