"""What can be called next with what an answer tells: from each call whose answer names a thing to
the calls at the address of that thing."""

import re
from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

JSON = "application/json"
FIRST = "results/0/"
PARAMETER = re.compile(r"/{(\w+)}")


def tie(document: Schema) -> None:
    """Puts them into the document; they follow from its paths and the fields of its answers."""
    every = [
        (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]
    schemas = document["components"]["schemas"]
    for path, source in every:
        answer = next(iter(source["responses"].values()))
        links = {
            target["operationId"]: {"operationId": target["operationId"], "parameters": told}
            for target_path, target in every
            if target is not source
            and (told := _told(path, answer, target_path, target, schemas)) is not None
        }
        if links:
            answer["links"] = links


def _told(
    path: str, answer: Schema, target_path: str, target: Schema, schemas: Mapping[str, Schema]
) -> dict[str, str] | None:
    """The parameters of the target that the answer tells; None where it does not tell them all."""
    told = {}
    for found in PARAMETER.finditer(target_path):
        collection, name = target_path[: found.start()], found[1]
        is_near = path == collection or path.startswith(f"{collection}/")
        field = _field(answer, name, schemas) if is_near else None
        is_known = path.startswith(target_path[: found.end()])
        if field is None and not is_known:
            return None
        told[f"path.{name}"] = f"$response.body#/{field}" if field else f"$request.path.{name}"
    if not any(value.startswith("$response") for value in told.values()):
        return None
    if not _needs_version(target):
        return told
    is_versioned = "ETag" in answer.get("headers", {})
    return told | {"header.If-Match": "$response.header.ETag"} if is_versioned else None


def _field(answer: Schema, name: str, schemas: Mapping[str, Schema]) -> str | None:
    """Where in the answer that which the address needs stands: in it, or in the first of a list."""
    schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
    is_list = "results" in schema.get("properties", {})
    shown = schema["properties"]["results"]["items"] if is_list else schema
    fields = schemas.get(str(shown.get("$ref", "")).rpartition("/")[2], {}).get("properties", {})
    found = next((one for one in (name, re.sub(r".*_id$", "id", name)) if one in fields), None)
    return found and f"{FIRST if is_list else ''}{found}"


def _needs_version(operation: Schema) -> bool:
    return any(one.get("$ref", "").endswith("/If-Match") for one in operation["parameters"])
