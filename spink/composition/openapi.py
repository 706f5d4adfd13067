"""How an operation is described: what is the same for all of them is said here once."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class Operation(AutoSchema):
    def get_operation_id(self) -> str:
        verb = {"get": "read", "post": "create"}.get(self.method.lower(), self.method.lower())
        name = self.path.removeprefix("/api/v1/").replace("{reference}/", "").replace("-", "_")
        return f"{verb}_{name.strip('/').replace('/', '_').replace('{', '').replace('}', '')}"

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_auth(self) -> list[dict[str, Any]]:
        scopes = getattr(self.view, "scopes", {})
        return [{"oauth2": [str(scopes[self.method])]}] if self.method in scopes else []
