"""Which candidates are facts."""
