"""The API described as OpenAPI 3.1, from what the views themselves go by."""
