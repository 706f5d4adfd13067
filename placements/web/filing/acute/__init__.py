"""Out of hours: the worker on duty writes down the least and places; the unit completes it."""
