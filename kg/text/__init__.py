"""A source into an article: decoding, main text, header, footer and body, sentences."""
