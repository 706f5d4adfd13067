"""What can be called next with what an answer tells: from each call whose answer names a thing to
the calls at the address of that thing."""

import re
from collections.abc import Collection, Mapping
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
        value = _value(path, answer, target_path[: found.end()], found, schemas)
        if value is None:
            return None
        told[f"path.{found[1]}"] = value
    if told and _needs_version(target):
        if "ETag" not in answer.get("headers", {}):
            return None
        told["header.If-Match"] = "$response.header.ETag"
    says_something = any(value.startswith("$response") for value in told.values())
    return told if says_something else None


def _value(
    path: str, answer: Schema, until: str, found: re.Match[str], schemas: Mapping[str, Schema]
) -> str | None:
    """Of the parameter that an address ends with: named in the answer, known from the call, or the
    id of what the answer is."""
    collection, name = found.string[: found.start()], found[1]
    fields, first = _fields(answer, schemas)
    is_near = path == collection or path.startswith(f"{collection}/")
    if is_near and name in fields:
        return f"$response.body#/{first}{name}"
    if path.startswith(until):
        return f"$request.path.{name}"
    if path == collection and name.endswith("_id") and "id" in fields:
        return f"$response.body#/{first}id"
    return None


def _fields(answer: Schema, schemas: Mapping[str, Schema]) -> tuple[Collection[str], str]:
    """Of the answer, or of the first in its list, and what leads there."""
    schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
    is_list = "results" in schema.get("properties", {})
    shown = schema["properties"]["results"]["items"] if is_list else schema
    name = str(shown.get("$ref", "")).rpartition("/")[2]
    return schemas.get(name, {}).get("properties", {}), FIRST if is_list else ""


def _needs_version(operation: Schema) -> bool:
    return any(one.get("$ref", "").endswith("/If-Match") for one in operation["parameters"])
