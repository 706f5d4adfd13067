"""Webhooks as administrators look after them. Which requests the messages are about is not shown:
that is for those who see the requests."""
