"""Chinese news and government articles into a knowledge graph whose every edge quotes its words."""
