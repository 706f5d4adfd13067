"""Clients of the API: made, given a new secret, ended. A secret is shown once, its digest kept."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from oauth2_provider.models import get_access_token_model

from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.models import ApiClient, ApiSecret, KeptAnswer, User
from spink.foundation import audit, clock
from spink.foundation.actor import Actor

OLD_SECRET_HOLDS: Final = timedelta(days=7)
ANSWERS_KEPT: Final = timedelta(hours=48)
"""For whoever sends the same call again."""
HINT = 6


@transaction.atomic
def create_api_client(
    *, name: str, unit_id: int, scopes: Iterable[ApiScope], contact: str, by: Actor
) -> tuple[ApiClient, str]:
    """The client and its first secret, which is not to be had again."""
    client = ApiClient(
        name=name,
        unit_id=unit_id,
        scopes=sorted(str(scope) for scope in scopes),
        contact=contact,
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
    )
    client.user = _account(client)
    client.save()
    _audit("create_api_client", client, by)
    return client, _new_secret(client)


@transaction.atomic
def renew_secret(*, client_id: int, by: Actor, at_once: bool = False) -> str:
    """A new secret; those that hold go on for a week, so that the client can change over. At once:
    they end, with every token, since whoever found a secret may have drawn tokens by it."""
    client = ApiClient.objects.select_for_update().get(pk=client_id)
    now = clock.now()
    if at_once:
        client.secrets.filter(Q(ends_at=None) | Q(ends_at__gt=now)).update(ends_at=now)
        get_access_token_model().objects.filter(application=client).delete()
    else:
        client.secrets.filter(ends_at=None).update(ends_at=now + OLD_SECRET_HOLDS)
    _audit("renew_api_secret", client, by, at_once=at_once)
    return _new_secret(client)


@transaction.atomic
def end_api_client(*, client_id: int, by: Actor) -> ApiClient:
    """At once: its tokens are good for nothing from the next call on."""
    client: ApiClient = ApiClient.objects.select_for_update().get(pk=client_id)
    if client.ended_at is None:
        client.ended_at = clock.now()
        client.save()
        _audit("end_api_client", client, by)
    return client


def lock_api_client(*, account_id: int) -> None:
    """Until the transaction ends: who counts what it has is alone in that."""
    ApiClient.objects.select_for_update(no_key=True).get(user=account_id)


@transaction.atomic
def forget_api_leftovers() -> None:
    """Answers older than we promise to keep, which say of requests what nobody asks for any more,
    and tokens that are over."""
    KeptAnswer.objects.filter(at__lt=clock.now() - ANSWERS_KEPT).delete()
    get_access_token_model().objects.filter(expires__lt=clock.now()).delete()


def _account(client: ApiClient) -> User:
    """Has no password and no role: nobody logs in with it, and no list of people shows it."""
    account = User(username=f"api-{client.client_id[:24]}", last_name=client.name[:150])
    account.is_service = True
    account.set_unusable_password()
    account.save()
    return account


def _new_secret(client: ApiClient) -> str:
    secret = secrets.token_urlsafe(36)
    ApiSecret.objects.create(client=client, digest=ApiSecret.digest_of(secret), hint=secret[:HINT])
    return secret


def _audit(action: str, client: ApiClient, by: Actor, **details: bool) -> None:
    audit.record(
        action=action,
        by=by,
        subject="api_client",
        subject_id=str(client.pk),
        details={"name": client.name, "scopes": client.scopes} | details,
    )
