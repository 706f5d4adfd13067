"""Sets of codes held as bits: `words` with the word first, `codes` as `asked` gives them."""

import numpy as np

from placements.matching.asked import Codes, Value
from providers.domain.register.columns import Column, Words


def holds_any(words: Words, codes: Codes) -> Value:
    found: Value = False
    for word, bits in codes:
        found = found | ((words[word] & bits) != 0)
    return found


def lacks_any(words: Words, codes: Codes) -> Value:
    lacking: Value = False
    for word, bits in codes:
        lacking = lacking | ((~words[word] & bits) != 0)
    return lacking


def held(words: Words, unit: Column, codes: Codes, need: Column) -> Words:
    """The codes of `need` that `unit` holds, pair by pair: a row of words for each pair."""
    found = np.zeros((len(unit), len(words)), np.uint64)
    for word, bits in codes:
        found[:, word] = words[word][unit] & np.asarray(bits, np.uint64).ravel()[need]
    return found


def count(words: Words) -> Column:
    """How many codes each row of words holds."""
    how_many: Column = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return how_many
