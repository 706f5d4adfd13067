"""Visits to care units with matching in mind: the teams' plans, what was found, the questions."""
