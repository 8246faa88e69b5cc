"""Measuring the reader, and teaching it."""
