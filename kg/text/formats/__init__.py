"""Readers of the formats that articles come in."""
