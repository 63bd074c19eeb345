"""Check uploaded Office packages (xlsx, docx) by their content, before anything reads them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

MEGABYTE = 1024 * 1024
MAX_EXPANDED = 200 * MEGABYTE
MAX_RATIO = 200
"""The largest ratio of expanded to packed size. Text packs twentyfold, a zip bomb a thousandfold."""
MAX_ENTRIES = 5000
CHUNK = 256 * 1024

MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
"""The part that every package of the format has."""

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of Office files with a password, and of files from before 2007."""

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
)
"""Errors that `zipfile` raises on broken, encrypted (RuntimeError and its subclasses) and exotic archives."""


class PackageRefused(Exception):
    """The file is refused; ``message`` is Chinese and says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def check_package(content: bytes, format: str) -> None:
    """Refuse a file that is not a ``format`` (docx, xlsx), is damaged, has macros or expands too far."""
    old = format[:-1]
    if content.startswith(_COMPOUND):
        raise PackageRefused(f"文件有密码，或是旧版 {old}，请去掉密码并另存为 {format}")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if not {"[Content_Types].xml", MAIN[format]} <= names or len(entries) > MAX_ENTRIES:
                raise PackageRefused(f"不是 {format} 文件（旧版 {old} 请另存为 {format}）")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise PackageRefused(f"文件含有宏，请另存为不含宏的 {format}")
            _check_expansion(archive, entries, len(content), format)
            if b"macroenabled" in archive.read("[Content_Types].xml").lower():
                raise PackageRefused(f"文件含有宏，请另存为不含宏的 {format}")
    except DAMAGED as error:
        raise PackageRefused(f"{format} 文件已损坏或有密码，不能打开") from error


def _check_expansion(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int, format: str
) -> None:
    """Expand every entry, since the sizes that a zip declares may be false. Stops at the limit."""
    limit = min(MAX_EXPANDED, size * MAX_RATIO)
    expanded = 0
    for entry in entries:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                expanded += len(chunk)
                if expanded > limit:
                    raise PackageRefused(f"{format} 文件展开后过大")
