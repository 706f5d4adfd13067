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


def held(words: Words, unit: Column, codes: Codes, need: Column) -> Column:
    """How many of the codes that `need` has each `unit` holds, pair by pair."""
    count = np.zeros(len(unit), np.int64)
    for word, bits in codes:
        count += np.bitwise_count(words[word][unit] & np.asarray(bits, np.uint64).ravel()[need])
    return count
