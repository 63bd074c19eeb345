"""A range pasted from a spreadsheet: its cells, and which of the page's columns they belong in.

What Excel and WPS put on the clipboard is text: cells parted by tabs, rows by line ends, a cell with a line end
or a tab in quotes with its own quotes doubled. A quote inside a plain cell (``12" 显示器``) is a quote.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from ..money import AmountError, Unit, parse_amount, plain
from .fields import PartField, TickField
from .headings import Headings

LONGEST = 2_000_000
"""Characters of one paste."""

YES_WORDS = frozenset({"是", "√", "✓", "1", "y", "yes", "true", "有"})
NO_WORDS = frozenset({"", "否", "×", "0", "n", "no", "false", "无"})


def parse_cells(text: str) -> list[list[str]]:
    """The cells by row, without rows that are blank; every row as long as it was."""
    rows: list[list[str]] = [[]]
    at, end = 0, len(text)
    while at <= end:
        cell, at = _quoted(text, at) if text.startswith('"', at) else (None, at)
        if cell is None:
            stop = min((p for p in (text.find("\t", at), _line_end(text, at)) if p >= 0), default=end)
            cell, at = text[at:stop], stop
        rows[-1].append(cell)
        if at >= end:
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        rows.append([])
        if at == end:
            break
    return [row for row in rows if any(cell.strip() for cell in row)]


def _line_end(text: str, at: int) -> int:
    return min((p for p in (text.find("\n", at), text.find("\r", at)) if p >= 0), default=-1)


def _quoted(text: str, at: int) -> tuple[str | None, int]:
    """The quoted cell that begins at ``at`` and where it ends; None where the quote is only a quote."""
    said, start = [], at + 1
    while (stop := text.find('"', start)) >= 0:
        said.append(text[start:stop])
        if text.startswith('"', stop + 1):
            said.append('"')
            start = stop + 2
            continue
        after = text[stop + 1 : stop + 2]
        if after not in ("", "\t", "\n", "\r"):
            return None, at
        cell = "".join(said).replace("\r\n", "\n").replace("\r", "\n")
        return cell, stop + 1
    return None, at


def split_header(
    cells: Sequence[Sequence[str]], titles: Mapping[str, str]
) -> tuple[list[str], list[list[str]]]:
    """The columns that the first row names, and the rows below it; no columns where it is no header.

    ``titles`` are the columns' titles by name. A header names at least two columns, or the only one there is,
    and nothing else; a column that it leaves blank belongs nowhere and is called by the empty string.
    """
    if not cells:
        return [], []
    headings = Headings(titles)
    names = [headings.find(cell) for cell in cells[0]]
    said = [name for name in names if name is not None]
    known = [name for name in said if name]
    if len(said) < len(names) or len(set(known)) < min(2, len(titles)) or len(set(known)) < len(known):
        return [], [list(row) for row in cells]
    return said, [list(row) for row in cells[1:]]


def posted(field: PartField, cell: str) -> str:
    """The cell as the field's control would be posted: a label as its choice, 是 as a tick."""
    said = unicodedata.normalize("NFKC", cell).strip()
    if isinstance(field, TickField):
        return "on" if said.lower() in YES_WORDS else ""
    if field.of_rows:
        return key_of(said, flat_choices(field))
    wanted = {unicodedata.normalize("NFKC", label): value for value, label in flat_choices(field)}
    return wanted.get(said, cell.strip())


def in_unit(cell: str, said: Unit, wanted: Unit) -> str:
    """An amount that stands in a column of ``said`` as it is typed in ``wanted``; with its unit where it is none."""
    if not cell.strip() or said is wanted:
        return cell
    try:
        return plain(parse_amount(cell, said), wanted)
    except AmountError:
        return cell if cell.strip().endswith(("元", "万")) else f"{cell.strip()}{said.label}"


def flat_choices(field: Any) -> list[tuple[str, str]]:
    """(value, label) of a field's choices, groups opened."""
    found: list[tuple[str, str]] = []
    for value, label in getattr(field, "choices", None) or ():
        if isinstance(label, list | tuple):
            found += [(str(v), str(text)) for v, text in label]
        else:
            found.append((str(value), str(label)))
    return found


def key_of(said: str, offered: Sequence[tuple[str, str]]) -> str:
    """The key of the row that is called ``said``, or whose name begins or ends so; ``said`` if none is."""
    wanted = unicodedata.normalize("NFKC", said).strip()
    if not wanted or any(wanted == key for key, _ in offered):
        return wanted
    labels = [(key, unicodedata.normalize("NFKC", label)) for key, label in offered]
    exact = [key for key, label in labels if label == wanted]
    near = [key for key, label in labels if label.split(" ")[0] == wanted or label.endswith(wanted)]
    return next(iter(exact or near), wanted)
