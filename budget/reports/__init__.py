"""Files that the product writes for people."""
