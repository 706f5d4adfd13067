"""RSS and Atom from media: articles whose title or summary names a provider or one of its units."""

import re
import time
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

import feedparser

from providers.domain.control.facts import Answer, Fact, Happening, Problem, Subject
from providers.monitoring.files import safe_link
from providers.monitoring.source import NotAnswered
from providers.monitoring.web import Bounds, fetched

SECONDS_KEPT: Final = 600.0
SHORTEST_NAME: Final = 5
"""A shorter name is a word like any other."""
FORMS: Final = re.compile(
    r"\b(ab|aktiebolag|aktiebolaget|hb|kb|handelsbolag|ekonomisk förening|ideell förening"
    r"|stiftelsen|stiftelse|föreningen)\b",
    re.IGNORECASE,
)
_TAGS: Final = re.compile(r"<[^<>]*>")
"""Each sign is looked at once, also in a text of nothing but signs."""


@dataclass(frozen=True, slots=True)
class _Article:
    happening: Happening
    text: str


class Feed:
    def __init__(self, url: str, bounds: Bounds) -> None:
        self._url = url
        self._bounds = bounds
        self._articles: list[_Article] | None = None
        self._read_at = 0.0

    def ask(self, subject: Subject) -> Answer:
        wanted = [pattern for name in subject.names if (pattern := _pattern(name))]
        found = (
            article.happening
            for article in self._current()
            if any(pattern.search(article.text) for pattern in wanted)
        )
        return Answer(happenings=tuple(found))

    def _current(self) -> list[_Article]:
        if self._articles is None or time.monotonic() - self._read_at > SECONDS_KEPT:
            self._articles = articles(fetched(self._url, self._bounds))
            self._read_at = time.monotonic()
        return self._articles


def articles(content: bytes) -> list[_Article]:
    """Raises NotAnswered for what is no feed."""
    try:
        # As a stream: plain bytes are tried as the name of a file of ours before they are read.
        read = feedparser.parse(BytesIO(content), sanitize_html=True, resolve_relative_uris=False)
    except ValueError:  # it names characters that are none
        raise NotAnswered(Problem.MALFORMED) from None
    if not read.get("version") or (read.bozo and not read.entries):
        raise NotAnswered(Problem.MALFORMED)
    return [_article(entry) for entry in read.entries if entry.get("title")]


def _article(entry: Any) -> _Article:
    title = _plain(entry.get("title", ""))
    link = safe_link(str(entry.get("link", "")))
    key = str(entry.get("id") or link or title)
    day = _day(entry.get("published_parsed") or entry.get("updated_parsed"))
    return _Article(
        Happening(Fact.ARTICLE, key[:500], title[:300], link, day),
        f"{title} {_plain(entry.get('summary', ''))}",
    )


def _plain(text: object) -> str:
    return " ".join(_TAGS.sub(" ", str(text)).split())


def _day(at: Any) -> str:
    """Empty for a day that is none: one article is not to cost what was said of others."""
    try:
        return date(*at[:3]).isoformat() if at else ""
    except ValueError:
        return ""


def _pattern(name: str) -> re.Pattern[str] | None:
    """The name as whole words, without what says its legal form."""
    words = FORMS.sub(" ", name).split()
    if len("".join(words)) < SHORTEST_NAME:
        return None
    # A genitive is the same name: "Solbackens ledning".
    said = r"\s+".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){said}s?(?!\w)", re.IGNORECASE)
