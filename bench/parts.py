"""Which parts of the benchmarks are wanted: by the beginning of their figures' names."""

from collections.abc import Sequence
from typing import Final

OF_A_SIZE: Final = ("match_http_over_sql", "page_match_over_json", "register_search", "stop")
"""Asked for each size of the register."""
OVER_HTTP: Final = (
    *OF_A_SIZE,
    "import_register",
    "sweep",
    "queries_per_page",
    "queue_page",
    "api",
)
PARTS: Final = (*OVER_HTTP, "match_over_loop", "match_batch_over_loop")


class Parts:
    """`api_detail` wants the part `api`; nothing named, all. SystemExit for what is no part."""

    def __init__(self, words: Sequence[str]) -> None:
        self.sizes = tuple(int(word) for word in words if word.isdigit())
        self._names = [word for word in words if not word.isdigit()]
        unknown = [name for name in self._names if not name.startswith(PARTS)]
        if unknown:
            raise SystemExit(
                f"no part of the benchmarks: {unknown[0]}; there is {', '.join(PARTS)}"
            )

    def have(self, *parts: str) -> bool:
        """Any of these."""
        return not self._names or any(name.startswith(parts) for name in self._names)
