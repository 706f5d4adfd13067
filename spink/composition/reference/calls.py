"""A call as it is typed in a terminal, to be copied: address and token stand in variables."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

VARIABLES = {"Idempotency-Key": "$(key)", "If-Match": "$ETAG"}
"""What is another in each call; the page says what `key` is."""


def pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def curl(
    method: str,
    path: str,
    parameters: Sequence[Mapping[str, Any]],
    *,
    needs_token: bool,
    body: object = None,
    files: Sequence[str] = (),
) -> str:
    is_told = method == "GET" or body is not None or files  # by what curl is given anyway
    option = "" if is_told and method != "PATCH" else f" -X {method}"
    lines = [f'curl -s{option} "$API{_filled(path, parameters)}"']
    if needs_token:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    for one in parameters:
        if one["in"] == "header" and one.get("required"):
            value = VARIABLES.get(one["name"], one.get("example", ""))
            lines.append(f'-H "{one["name"]}: {value}"')
    if body is not None:
        lines += ['-H "Content-Type: application/json"', f"-d '{_quoted(pretty(body))}'"]
    lines += [f"-F {name}=@{name}.pdf" for name in files]
    return " \\\n  ".join(lines)


def _filled(path: str, parameters: Sequence[Mapping[str, Any]]) -> str:
    for one in parameters:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one.get("example", one["name"])))
    return path


def _quoted(text: str) -> str:
    return text.replace("'", "'\\''")
