"""Files that somebody hands in: what they are, what they tell of their maker, where they lie."""
