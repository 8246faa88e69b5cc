"""What is worth asking a person: doubts, suggestions and contradictions of a graph, one question each."""
