"""The follow-up report of a period: its figures with their reasons, files, the rows behind."""
