"""A client of the API for whoever tries it in the demo: with a secret that everybody may know."""

from typing import Final

from spink.accounts.actions import create_api_client
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.models import ApiClient, ApiSecret, User
from spink.foundation.actor import Actor

CLIENT_ID: Final = "spink-exempel"
NAME: Final = "Exempelsystemet"
FILER: Final = "socialsekreterare"
BY: Final = Actor.system("sample")


def settle(secret: str) -> None:
    """It files for the unit of the social worker whose login is shown; its secret is the password
    of all logins."""
    unit = User.objects.get(username=FILER).role_assignments.get().unit
    if unit is None or ApiClient.objects.filter(client_id=CLIENT_ID).exists():
        return
    client, _drawn = create_api_client(
        name=NAME,
        unit_id=unit.pk,
        scopes=tuple(ApiScope),
        contact="exempelsystemet@kommun.example",
        by=BY,
    )
    ApiClient.objects.filter(pk=client.pk).update(client_id=CLIENT_ID)
    ApiSecret.objects.filter(client=client).update(
        digest=ApiSecret.digest_of(secret), hint=secret[:6]
    )
