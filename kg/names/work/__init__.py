"""Names of what people make: documents, awards, activities, products."""
