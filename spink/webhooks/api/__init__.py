"""Webhooks for those who receive them: set up, tried, looked after."""
