"""What other systems are told of as it happens, after the specification Standard Webhooks."""
