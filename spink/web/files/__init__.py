"""Files on pages: a field to hand one in, how one stands in words, and one given out."""
