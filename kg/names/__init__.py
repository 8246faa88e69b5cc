"""Words into names."""
