"""Names into things: which names are one, and how sure a thing is."""
