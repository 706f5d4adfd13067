"""An error as it may be written down: kind and place, not its words, which may quote somebody."""

import traceback
from pathlib import Path


def kind_and_place(error: BaseException) -> str:
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return kind
    last = frames[-1]
    return f"{kind} in {Path(last.filename).name}:{last.lineno} {last.name}"[:200]
