"""Readings into a graph, and questions to it."""
