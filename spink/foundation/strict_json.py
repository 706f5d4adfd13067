"""JSON from files, read strictly: what two readers could understand differently is refused."""

import json
from collections.abc import Iterator

from spink.foundation import collector
from spink.foundation.bad_input import BadInput


def parse(raw: bytes, *, place: str) -> object:
    """One JSON value from UTF-8 (with or without a byte order mark).

    Raises BadInput for other encodings, NaN and Infinity, a key given twice in one object,
    numbers longer than the interpreter reads, and nesting deeper than it follows.
    """
    try:
        text = raw.decode("utf-8-sig")
        with collector.at_rest():
            return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except BadInput as bad:
        raise bad.at(place) from None
    except UnicodeDecodeError:
        raise BadInput("is not UTF-8", place=place) from None
    except json.JSONDecodeError as error:
        where = f"{place}: line {error.lineno} column {error.colno}"
        raise BadInput("is not JSON", place=where) from None
    except RecursionError:
        raise BadInput("is nested too deeply", place=place) from None
    except ValueError:
        raise BadInput("holds a number that is too long", place=place) from None


def parse_lines(raw: bytes, *, place: str) -> Iterator[tuple[str, object]]:
    """JSON lines, each with its place; only the end of the file may be blank."""
    for number, line in enumerate(raw.rstrip().split(b"\n") if raw.strip() else [], start=1):
        where = f"{place}: line {number}"
        try:
            yield where, parse(line, place="")
        except BadInput as bad:
            raise BadInput(bad.reason, field=bad.field, place=where) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadInput("is given twice", field=twice)
    return document


def _no_number(name: str) -> object:
    raise BadInput(f"is not JSON ({name})")
