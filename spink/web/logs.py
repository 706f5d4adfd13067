"""Logs as JSON lines, which hold what happened and to which request, and nothing about a person.

The text of an exception may quote what was typed or stored (a violated constraint names its
values), and a request's own text has its query string: neither is written. A link to choose a
password is worth a password until it is used, so that its path is masked in every line.
"""

import logging
import re
import traceback
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from spink.web.middleware import request_id

FIELDS = ("asctime", "levelname", "name", "message")
NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}
EXTRAS = frozenset({"error", "status_code", "task", "event", "event_id", "count", "milliseconds"})
PASSWORD_LINK = re.compile(r"(?<=/password/)[^\s\"']+")


class JsonLines(JsonFormatter):
    def __init__(self) -> None:
        super().__init__(FIELDS, rename_fields=NAMES, json_ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        if isinstance(record.args, dict) and "exc" in record.args:
            record.args = {**record.args, **_without_text(record)}
        return super().format(record)

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        for field in FIELDS:
            log_data[NAMES.get(field, field)] = getattr(record, field, None)
        log_data["message"] = PASSWORD_LINK.sub("…", str(log_data["message"]))
        log_data["request_id"] = request_id.get()
        log_data.update({key: record.__dict__[key] for key in EXTRAS if key in record.__dict__})
        if "exc_info" in message_dict:
            log_data["exception"] = message_dict["exc_info"]

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The kinds of the exceptions and the places they passed, innermost last."""
        return " <- ".join(_kind_and_places(ei[1]))


def _without_text(record: logging.LogRecord) -> dict[str, str]:
    kind = record.exc_info[0] if record.exc_info else None
    return {"exc": kind.__name__ if kind else "", "traceback": ""}


def _kind_and_places(problem: BaseException | None) -> list[str]:
    described: list[str] = []
    while problem is not None and len(described) < 5:
        frames = traceback.extract_tb(problem.__traceback__)
        places = ", ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        described.append(f"{type(problem).__name__} ({places})")
        problem = problem.__cause__ or problem.__context__
    return described
