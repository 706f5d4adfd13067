"""Settings: `base` for all, `demo` where nothing is set, `test` for pytest, `production`."""
