"""A language model may propose facts; a gate lets through what the article says to the letter."""
