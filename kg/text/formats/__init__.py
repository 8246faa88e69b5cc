"""The formats that articles come in: a table of them, and a reader each."""
