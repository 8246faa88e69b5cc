"""Sentences into words: the tagger."""
