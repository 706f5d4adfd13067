"""Remarks on the own handling: filed by those it concerns, handled by quality and control."""
