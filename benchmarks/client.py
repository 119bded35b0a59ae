"""A browser without a screen: talks to a Streamlit server over its websocket and counts what a run costs the server."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

WAIT_SECONDS = 120
TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Run:
    """One run of a screen: wall time until the script has finished, messages and bytes sent for it."""

    wall_ms: float
    messages: int
    size_bytes: int


def cpu_ms(pid: int) -> float:
    """CPU time that a process has used so far, in ms of 10 ms ticks; Linux only."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


class Session:
    """One visitor's session on one page."""

    def __init__(self, base_url: str, page: str = "") -> None:
        address = f"ws://{urlsplit(base_url).netloc}/_stcore/stream"
        self._socket = connect(address, subprotocols=[Subprotocol("streamlit")], origin=Origin(base_url), max_size=None)
        self._page, self._hash = page, ""

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def run(self) -> Run:
        """Ask for a run of the whole page, as any widget outside of a fragment does, and wait for its end."""
        asked = BackMsg()
        asked.rerun_script.page_name = "" if self._hash else self._page
        asked.rerun_script.page_script_hash = self._hash
        asked.rerun_script.context_info.locale = "en-US"
        started, messages, size = time.perf_counter(), 0, 0
        self._socket.send(asked.SerializeToString())
        while True:
            raw = self._socket.recv(WAIT_SECONDS)
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            messages, size = messages + 1, size + len(raw)
            if message.WhichOneof("type") == "navigation":
                self._hash = message.navigation.page_script_hash
            if message.WhichOneof("type") == "script_finished" and message.script_finished in _ENDS:
                return Run((time.perf_counter() - started) * 1000, messages, size)


_ENDS = (
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR,
)
