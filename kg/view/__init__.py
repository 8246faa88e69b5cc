"""A graph into what a reader looks at."""
