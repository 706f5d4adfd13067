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
        """A body that is nested without end is a body that cannot be read."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as endless:
            raise ParseError("nested too deeply") from endless
