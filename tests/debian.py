"""Programs that the tests need, from Debian's packages where we may install them."""

import os
import shutil
import subprocess
from pathlib import Path


def may_install() -> bool:
    """Whether this is Debian, and we are root there."""
    release = Path("/etc/os-release")
    if not release.is_file() or not hasattr(os, "geteuid"):
        return False
    is_debian = "ID=debian" in release.read_text(encoding="utf-8").splitlines()
    return is_debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Install packages and what they cannot do without; a failure shows by the program still not being there."""
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def run(*command: str) -> None:
    """Run one command that asks nothing."""
    subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False)
