from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class JsonParser(JSONParser):
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """JSON is UTF-8 (RFC 8259), whatever the call says: some of Python's codecs take minutes
        over a body. One that is nested without end is a body that cannot be read."""
        context = dict(parser_context or {}) | {"encoding": "utf-8"}
        try:
            return super().parse(stream, media_type, context)
        except RecursionError as endless:
            raise ParseError("nested too deeply") from endless
