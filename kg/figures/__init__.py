"""Dates, numbers, and whose figure it is."""
