"""Swedish order and search, in one place: the embedded database has no ICU to sort by.

Å, ä and ö come after z, in that order; é sorts as e and ü as y. Sort with the expression that the
indexes are made of, or with `swedish_key` in Python, which gives the same order.
"""

from typing import Any

from django.db.models import CharField, Func

ALIKE = str.maketrans("åäöéü", "{|}ey")
PLAIN = str.maketrans("åäöéèáàüøæ", "aaoeeaauoa")


class SwedishOrder(Func):
    """`ORDER BY` a text as a Swedish reader expects it."""

    template = "translate(lower(%(expressions)s), 'åäöéü', '{|}ey') COLLATE \"C\""
    output_field: Any = CharField()


class Plain(Func):
    """A text in lower case without diacritics, so that who types `sjovik` finds Sjövik."""

    template = "translate(lower(%(expressions)s), 'åäöéèáàüøæ', 'aaoeeaauoa')"
    output_field: Any = CharField()


def swedish_key(text: str) -> str:
    return text.lower().translate(ALIKE)


def plain(text: str) -> str:
    return text.lower().translate(PLAIN)
