"""Many articles, one graph: which entities of different articles are one thing, and which articles are copies."""
