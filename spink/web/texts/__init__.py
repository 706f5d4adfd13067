"""Finding the texts of code and templates, and keeping the translations of each app."""
