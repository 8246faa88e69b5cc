"""What people decided about what was read: one file, its meaning, and what becomes of a reading under it."""
