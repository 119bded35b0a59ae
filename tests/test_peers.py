"""The comparison with pymc-marketing: without that package it says what to install."""

import sys

import pytest

from benchmarks import peers


def test_a_missing_peer_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is computed or printed but how to install it, and the status is 2."""
    monkeypatch.setitem(sys.modules, "pymc_marketing", None)
    assert peers.main([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "make peers" in said.err
    assert "requirements-peers.txt" in said.err
