"""What a worker can be asked about its store: SPARQL, named queries, and what the pages show, as plain values."""
