"""The commands of `python -m budget` that concern the store."""

from pathlib import Path

import pytest

from budget.__main__ import main
from budget.store import Store, open_store


def test_info_upgrade_backup(
    store: Store, firm: int, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each ends with 0 and one line per fact; a backup opens; a second one over it is refused with 1."""
    assert main(["--url", url, "info"]) == 0
    assert f"workspace {firm}: Firm (AZN), plans 0, imports 0" in capsys.readouterr().out
    assert main(["--url", url, "upgrade"]) == 0
    copy = tmp_path / "copy.db"
    assert main(["--url", url, "backup", str(copy)]) == 0
    opened = open_store(f"sqlite:///{copy}")
    assert [found.name for found in opened.workspaces()] == ["Firm"]
    opened.close()
    capsys.readouterr()
    assert main(["--url", url, "backup", str(copy)]) == 1
    assert "name a new file" in capsys.readouterr().err
