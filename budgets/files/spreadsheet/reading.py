"""Read a spreadsheet of any kind that is understood."""

from __future__ import annotations

from .cells import Book
from .kinds import XLSX, kind_of


def read(content: bytes) -> Book:
    """Raises `SpreadsheetRefused`, whose message says what the file is and what to do."""
    if kind_of(content) == XLSX:
        from .xlsx import read_xlsx

        return read_xlsx(content)
    from .xls import read_xls

    return read_xls(content)
