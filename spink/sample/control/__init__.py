"""A year of the control of providers, as the published figures of 2024 tell of it."""
