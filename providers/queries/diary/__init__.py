"""The register's diary for pages: its editions, what differs between two numbers, and names."""
