"""The texts of one file, found without gettext's tools."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

_PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
_PLURAL = ("ngettext", "ngettext_lazy")
_CONTEXT = ("pgettext", "pgettext_lazy")
_CONTEXT_PLURAL = ("npgettext", "npgettext_lazy")

# For each function, which arguments hold the text, its plural and ("c") its context.
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(_PLAIN, None),
    **dict.fromkeys(_PLURAL, (1, 2)),
    **dict.fromkeys(_CONTEXT, ((1, "c"), 2)),
    **dict.fromkeys(_CONTEXT_PLURAL, ((1, "c"), 2, 3)),
}
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Text:
    """What a translation is looked up by. Empty plural: there is none."""

    text: str
    plural: str = ""
    context: str = ""


def texts_in(path: Path) -> Iterator[Text]:
    source = path.read_text("utf-8")
    return in_python(source) if path.suffix == ".py" else in_template(source)


def in_python(source: str) -> Iterator[Text]:
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        text, plural = message if isinstance(message, tuple) else (message, "")
        if text:
            yield Text(text, plural, context or "")


def in_template(source: str) -> Iterator[Text]:
    """Django blanks out all but the texts; what is left is Python but for its indentation."""
    return in_python(_INDENTATION.sub("", templatize(source)))
