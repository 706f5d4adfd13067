"""What else happens on an ordinary day, each once: by the same actions as in the pages."""

from spink.sample.everyday.playing import Everyday

__all__ = ["Everyday"]
