"""Starts `serve.py` as its own process on a free loopback port with an empty store."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 90


def free_port() -> int:
    """A port that is free on loopback now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data_folder: Path, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """The base URL of an app that keeps its data in `data_folder`; ends with the block."""
    port = free_port()
    settings = os.environ | {"PAYOFF_DATA_DIR": str(data_folder)} | dict(env or {})
    settings.pop("PAYOFF_DATABASE_URL", None)
    log = data_folder / "server-output.txt"
    with log.open("wb") as output:
        command = [sys.executable, str(ROOT / "serve.py"), f"--server.port={port}"]
        process = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(base_url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{base_url}/_stcore/health", timeout=2) as answer:  # noqa: S310  our own loopback address
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
