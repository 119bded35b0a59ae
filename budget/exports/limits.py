"""What a file may cost us at most: one table of constants."""

MB = 1 << 20

MAX_BYTES = 256 * MB
SMALL_TEXT_BYTES = 256 << 10
MAX_MEMBERS_ZIP = 200
MAX_MEMBERS_XLSX = 1_000
MAX_UNPACKED_BYTES = 512 * MB
RATIO_FROM_BYTES = MB
MAX_RATIO = 100
DOCTYPE_SCAN_BYTES = 64 << 10
MAX_COLUMNS = 2_000
MAX_ROWS = 2_000_000
MANY_ROWS = 50_000
MAX_SHEET_CELLS = 30_000_000
MAX_CELL_CHARS = 1_000_000
MAX_HEADER_CHARS = 1_000
MAX_DIGITS = 18
MAX_CHILDREN = 2
CHILD_MEMORY_BYTES = 3 << 30
MAX_ANSWER_BYTES = 1 << 30
MAX_SECONDS = 120
MEMORY_CODE = 77


def seconds_for(size_bytes: int) -> int:
    """CPU seconds that reading a file of this size may take."""
    return min(6 + size_bytes // MB, MAX_SECONDS)


def wall_seconds_for(size_bytes: int) -> int:
    """Wall seconds for the same: twice as many, because the machine has other work too."""
    return min(2 * seconds_for(size_bytes), MAX_SECONDS)
