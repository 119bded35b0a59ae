"""Archives looked through before any parser sees them: members, sizes, instructions, extents."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from budget.exports import limits
from budget.exports.extents import far_corner
from budget.exports.reading import found
from budget.findings import Finding

_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,12})([0-9]{1,12})["']""")
_ROW = re.compile(rb"""<(?:[A-Za-z0-9]{1,9}:)?row\b[^>]{0,200}?\br\s*=\s*["']([0-9]{1,12})["']""")
_DOCTYPES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_CHUNK = 1 << 20
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a")
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, NotImplementedError, RuntimeError,
    OverflowError, IndexError, KeyError,
)  # fmt: skip


class Refused(Exception):
    """The guard's own signal inside this package: carries the finding that stops the file."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def column_letters(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def guard_archive(data: bytes) -> str:
    """`xlsx`, `ods` or `zip` (of tables) when the archive is safe to parse; everything else raises `Refused`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            container = _container(archive, members)
            _check_names(members, container)
            unpacked = 0
            for member in members:
                unpacked += _check_member(archive, member, unpacked, container)
    except Refused:
        raise
    except _ZIP_ERRORS as err:
        raise Refused(found("CONTAINER_BROKEN")) from err
    return container


def table_members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files in an archive that passed `guard_archive`, one at a time, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            name = member.filename.replace("\\", "/")
            hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
            if not member.is_dir() and not hidden and member.file_size:
                yield name, archive.read(member)


def _container(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> str:
    names = {member.filename.lower() for member in members}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if members and members[0].filename == "mimetype" and members[0].file_size == len(_ODS):
        return "ods" if archive.read(members[0]) == _ODS else "zip"
    return "zip"


def _check_names(members: Sequence[zipfile.ZipInfo], container: str) -> None:
    if not members:
        raise Refused(found("CONTAINER_BROKEN"))
    if len(members) > (limits.MAX_MEMBERS_ZIP if container == "zip" else limits.MAX_MEMBERS_XLSX):
        raise Refused(found("CONTAINER_UNSAFE", facts={"what": "members"}))
    seen: set[str] = set()
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/") or (member.external_attr >> 28) == 0xA:
            raise Refused(found("CONTAINER_UNSAFE", facts={"what": "paths"}))
        if name.lower().endswith((".zip", ".xlsx", ".xlsm", ".xlsb", ".ods", ".gz", ".7z", ".rar")):
            raise Refused(found("CONTAINER_UNSAFE", facts={"what": "archive"}))
        if name in seen:
            raise Refused(found("CONTAINER_UNSAFE", facts={"what": "members"}))
        seen.add(name)
        if member.flag_bits & 0x1:
            raise Refused(found("ENCRYPTED_FILE"))


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int, container: str) -> int:
    """Stream one member, counting; returns its true size in bytes."""
    if before + member.file_size > limits.MAX_UNPACKED_BYTES:
        raise Refused(found("CONTAINER_TOO_LARGE", facts={"size": _size(before + member.file_size)}))
    extents = Extents() if _is_sheet(member.filename) else None
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if size == 0:
                _check_start(chunk, container)
            if container == "ods" and member.filename == "META-INF/manifest.xml" and b"encryption-data" in chunk:
                raise Refused(found("ENCRYPTED_FILE"))
            size += len(chunk)
            _check_size(size, before, member)
            if extents:
                extents.add(chunk)
    if size != member.file_size:
        raise Refused(found("CONTAINER_BROKEN"))
    return size


def _is_sheet(name: str) -> bool:
    return name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml")


def _check_start(chunk: bytes, container: str) -> None:
    if chunk.startswith(_ARCHIVES):
        raise Refused(found("CONTAINER_UNSAFE", facts={"what": "archive"}))
    if container == "zip":
        return
    head = chunk[: limits.DOCTYPE_SCAN_BYTES]
    if any(word in head for word in _DOCTYPES):
        raise Refused(found("DOCTYPE_FOUND"))


def _check_size(size: int, before: int, member: zipfile.ZipInfo) -> None:
    if size > member.file_size:
        raise Refused(found("CONTAINER_BROKEN"))
    packed = max(member.compress_size, 1)
    crushed = size > limits.RATIO_FROM_BYTES and size > packed * limits.MAX_RATIO
    if crushed or before + size > limits.MAX_UNPACKED_BYTES:
        raise Refused(found("CONTAINER_TOO_LARGE", facts={"size": _size(before + member.file_size)}))


def _size(size_bytes: int) -> str:
    return f"{size_bytes / limits.MB:.0f} MB"


class Extents:
    """The furthest row and column that a sheet's own cells name, fed by chunks."""

    def __init__(self) -> None:
        self.row, self.column, self._rest = 0, 0, b""

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the sheet; raises `Refused` beyond the limits."""
        text = self._rest + chunk
        self._rest = text[-256:]
        row, column = far_corner(text) or _corner_with_care(text)
        self.row, self.column = max(self.row, row), max(self.column, column)
        if self.column > limits.MAX_COLUMNS or self.row * self.column > limits.MAX_SHEET_CELLS:
            cell = f"{column_letters(min(self.column, 10**9))}{self.row}"
            raise Refused(found("SHEET_TOO_LARGE", facts={"cell": cell}))


def _corner_with_care(text: bytes) -> tuple[int, int]:
    """Furthest row and column where references are not written as usual."""
    letters, numbers = zip(*_CELL.findall(text), strict=True) if _CELL.search(text) else ((), ())
    rows = [*map(int, set(numbers)), *map(int, _ROW.findall(text))]
    return max(rows, default=0), max((_column_number(one.upper()) for one in set(letters)), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
