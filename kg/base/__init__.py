"""What every step stands on: errors, values, the product's own files, output."""
