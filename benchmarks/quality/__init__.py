"""How well a system reads Chinese news: articles of our own, a scorer for any system's output, programs that ask peers."""
