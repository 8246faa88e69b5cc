"""Personal data in texts: found by the shapes of ``data/language/personal.toml``, counted, and masked on request."""
