"""The hardened server behind `make run`: the app with security headers, warm imports and a port that is free."""

import argparse
import asyncio
import gc
import importlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from pages.parts import faults
from pages.parts.hardened import PAGE_SCRIPT_URL, Hardened, page_script
from pages.parts.refusal import OPEN_ADDRESS, reaches_others

FIRST_PORT, PORTS_TRIED = 8501, 20
ADDRESS = "127.0.0.1"
WARM = ("pandas", "scipy.stats", "scipy.optimize", "ibis", "pages.parts.frame", "pages.parts.results", "budget.sample")


def _warm() -> None:
    """Import what the first visitor would wait for; frozen objects are left out of the collection after each run."""
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    await asyncio.to_thread(_warm)
    yield


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one; `SystemExit` when none of the next ones is free."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"Ports {wanted} to {wanted + PORTS_TRIED - 1} are taken: name a free one with --server.port.")


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve Payoff on this computer.")
    parser.add_argument("--server.address", dest="address", default=os.environ.get("STREAMLIT_SERVER_ADDRESS", ADDRESS))
    parser.add_argument(
        "--server.port", dest="port", type=int, default=os.environ.get("STREAMLIT_SERVER_PORT", FIRST_PORT)
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Serve until interrupted; 2 when the address would be open to other computers."""
    wanted = _arguments(argv)
    if reaches_others(wanted.address):
        print(OPEN_ADDRESS, file=sys.stderr)
        return 2
    port = free_port(wanted.port)
    if port != wanted.port:
        print(f"Port {wanted.port} is taken.")
    print(f"Payoff: http://{ADDRESS}:{port}  (Ctrl+C ends it)", flush=True)
    app.run(config={"server.address": wanted.address, "server.port": port})
    return 0


def application(script: Path) -> st.App:
    """A script in the hardened server."""
    return st.App(
        script,
        lifespan=_lifespan,
        middleware=[Middleware(Hardened)],
        routes=[Route(PAGE_SCRIPT_URL, page_script)],
        on_script_error=faults.show,
    )


app = application(Path(__file__).with_name("streamlit_app.py"))

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
