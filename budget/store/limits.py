"""What loading an export may cost at most: one table of constants."""

MB = 1 << 20

MAX_MANIFEST_BYTES = MB
MAX_LINE_BYTES = 16 * MB
MAX_TABLES_BYTES = 16_384 * MB
MAX_ORIGINAL_BYTES = 256 * MB
RATIO_FROM_BYTES = 64 * MB
MAX_RATIO = 200
