"""One module a screen; each has a ``router``, found by the application."""
