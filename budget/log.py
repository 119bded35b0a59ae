"""What the app did, a JSON object a line in `logs/payoff.log` (0600, 5 x 2 MB): never cell values or messages."""

import json
import logging
import os
import secrets
import sys
import traceback
from datetime import UTC, datetime
from functools import cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from budget.places import data_folder, private_folder

LOGGER = "payoff"
FILE_BYTES, FILES_KEPT = 2_000_000, 4  # beside the one being written
FRAMES_KEPT = 40

Fact = str | int | float


class _PrivateFile(RotatingFileHandler):
    """A rotating file that nobody else can read, from birth."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600))


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, object] = getattr(record, "facts", {})
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": record.levelname}
        return json.dumps(line | {"event": record.getMessage()} | facts)


@cache
def _logger(folder: Path) -> logging.Logger:
    """The log of one data folder; a child of `payoff`, so that tests can listen there."""
    logger = logging.getLogger(f"{LOGGER}.{len(logging.Logger.manager.loggerDict)}")
    handler = _PrivateFile(folder / "payoff.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8")
    handler.setFormatter(_JsonLine())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return logger


def note(event: str, *, level: int = logging.INFO, **facts: Fact) -> None:
    """Log one event by its code. Facts are ids, counts and codes only: nothing that came out of a file."""
    try:
        logger = _logger(private_folder(private_folder(data_folder()) / "logs"))
    except OSError as error:
        sys.stderr.write(f"payoff: the log cannot be written ({type(error).__name__})\n")
        return
    logger.log(level, event, extra={"facts": facts})


def fault(error: BaseException) -> str:
    """Log an unexpected error with where it happened, without its message; returns the id for the person (`P-7F31`)."""
    fault_id = f"P-{secrets.token_hex(2).upper()}"
    note("fault", level=logging.ERROR, id=fault_id, trace=_trace(error))
    return fault_id


def _trace(error: BaseException) -> str:
    """Types and places of the error and its causes, newest last: no messages, no locals, no source lines."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < FRAMES_KEPT:
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(seen.__traceback__)]
        parts = [*frames, type(seen).__qualname__, *parts]
        seen = seen.__cause__ or seen.__context__
    return " | ".join(parts[-FRAMES_KEPT:])
