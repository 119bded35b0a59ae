"""How results look, without a user interface: words, numbers, charts, escapes."""
