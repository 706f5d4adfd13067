"""Requests for those who file them from a system of their own: the filing side, as JSON."""
