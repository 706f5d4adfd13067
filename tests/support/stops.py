"""A decision of INK's, for stops that close a framework agreement."""

from datetime import date

from providers.domain.stopping import InksDecision

INKS = InksDecision("N123-0042/25", date(2025, 3, 3))
