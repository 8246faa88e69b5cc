"""Typed pairs that may be facts, and which of them are."""
