"""How a client gets a token: OAuth 2.0 client credentials, and nothing else of OAuth."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes

from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.models import ApiClient, ApiSecret
from spink.foundation import clock


class Validator(OAuth2Validator):  # type: ignore[misc]
    def _check_secret(self, provided_secret: str, stored_secret: Iterable[str]) -> bool:
        given = ApiSecret.digest_of(provided_secret)
        return any(constant_time_compare(given, digest) for digest in stored_secret)

    def _load_application(self, client_id: str | None, request: Any) -> Any:
        """The database refuses to be asked for NUL, and no client has it in its name. The client
        is locked before its secrets are read: one that is ended meanwhile draws no token any more.
        """
        if "\0" in (client_id or ""):
            return None
        list(ApiClient.objects.select_for_update(no_key=True).filter(client_id=client_id))
        return super()._load_application(client_id, request)

    def _extract_basic_auth(self, request: Any) -> str | None:
        """What is no ASCII is no Base64, and the library would fail over it."""
        given: str | None = super()._extract_basic_auth(request)
        return given if given and given.isascii() else None

    def _create_access_token(self, _: datetime, request: Any, token: Any, **more: Any) -> Any:
        """By our clock: what comes in was reckoned by the machine's."""
        ends = clock.now() + timedelta(seconds=token["expires_in"])
        return super()._create_access_token(ends, request, token, **more)


class Scopes(BaseScopes):  # type: ignore[misc]
    """A client may ask for fewer than it holds, and gets them all if it names none."""

    def get_all_scopes(self) -> dict[str, str]:
        return {scope.value: scope.value for scope in ApiScope}

    def get_available_scopes(
        self, application: ApiClient | None = None, *_: Any, **__: Any
    ) -> list[str]:
        return list(application.scopes) if application else []

    get_default_scopes = get_available_scopes
