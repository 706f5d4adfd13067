"""Complaints about providers: filed by social workers, handled by quality and control."""
