"""The one service that the rules name: all others are data."""

from typing import Final

PROTECTED_HOUSING: Final = "protected_housing"
"""Skyddat boende: where it lies is kept from all who need not know it."""
