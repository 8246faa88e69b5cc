"""Whether a graph is what its texts say: what each kind of node must say, by the texts and by the nodes it stands with."""
