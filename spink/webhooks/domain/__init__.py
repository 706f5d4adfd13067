"""Rules of what is told, and when it is told again. No framework and no database."""
