"""What kind of bytes a file is: decided by content, never by its extension."""

from typing import NamedTuple

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"BM", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"{\\rtf", "document"),
)
_WEB = (b"<html", b"<table", b"<!doctype html", b"<?xml", b"<body", b"<div", b"<meta", b"<script")
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


class Sniffed(NamedTuple):
    """`container` is `text zip xls encrypted empty other`; `what` says what else it is."""

    container: str
    what: str = ""


def sniff(data: bytes) -> Sniffed:
    """The container of the bytes, by their first and (for workbooks) characteristic bytes."""
    head = data[:4096]
    if not data or (not head.strip(b"\x00 \t\r\n") and not data.strip(b"\x00 \t\r\n")):
        return Sniffed("empty")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return Sniffed("zip")
    if head.startswith(_OLE):
        return Sniffed("encrypted") if _ENCRYPTED in data else Sniffed("xls")
    for magic, what in _OTHER:
        # "BM" or "RIFF" could begin a column's name: those need binary bytes behind them.
        if head.startswith(magic) and (what in ("pdf", "document") or not _is_text(head)):
            return Sniffed("other", what)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\x00", b"")[:2048].lower()
    if start.startswith(_WEB) or (start.startswith(b"<") and (b"<html" in start or b"<table" in start)):
        return Sniffed("other", "web")
    if start.startswith((b"{", b"[{")) and b'":' in start:
        return Sniffed("other", "json")
    return Sniffed("text") if _is_text(head) else Sniffed("other", "binary")


def _is_text(head: bytes) -> bool:
    """Few control characters; zeros are judged later (UTF-16, or removed)."""
    if head.startswith(_BOMS):
        return True
    control = sum(byte < 32 and byte not in (0, 9, 10, 11, 12, 13) for byte in head)
    zeros = head.count(0)
    return control * 50 <= len(head) and zeros * 10 <= len(head) * 7
