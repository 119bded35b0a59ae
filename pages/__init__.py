"""One screen a file: inputs, one call, show."""
