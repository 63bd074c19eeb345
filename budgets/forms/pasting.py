"""A range pasted from a spreadsheet: its cells, and the columns of the page to which they belong.

Excel and WPS put text on the clipboard. Cells are separated by tabs and rows by line ends. A cell with a line end or a
tab is in quotes, and its own quotes are doubled. A quote inside a plain cell (``12" 显示器``) is a quote. The text does
not show merged cells: their value stands in the first row, with blanks below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.money import AmountError, Measure, Unit, parse_amount, plain
from .fields import PartField, TickField
from .headings import Headings

LONGEST = 2_000_000
"""The most characters of one paste."""

MOST_MERGED = 2000
"""The most merged cells of one paste."""

YES_WORDS = frozenset({"是", "√", "✓", "1", "y", "yes", "true", "有"})
NO_WORDS = frozenset({"", "否", "×", "0", "n", "no", "false", "无", "-", "—", "/"})


@dataclass(frozen=True)
class Merged:
    """A cell of the pasted range that spans ``height`` rows; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    height: int


_MERGED = re.compile(r"(\d{1,6}):(\d{1,4}):(\d{1,6})", re.ASCII)


def parse_merged(text: str) -> list[Merged]:
    """The merged cells that a page posts (``0:0:5,0:1:3``); empty if the text is invalid or has too many."""
    said = text.split(",", MOST_MERGED)
    found = [_MERGED.fullmatch(part) for part in said]
    if len(said) > MOST_MERGED or not all(found):
        return []
    return [Merged(*map(int, match.groups())) for match in found if match]


def parse_rows(text: str) -> list[list[str]]:
    """The cells by row. Rows keep their lengths."""
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
    return rows


def is_blank(row: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in row)


def _line_end(text: str, at: int) -> int:
    return min((p for p in (text.find("\n", at), text.find("\r", at)) if p >= 0), default=-1)


def _quoted(text: str, at: int) -> tuple[str | None, int]:
    """The quoted cell that begins at ``at`` with its end; None if the quote is only a quote."""
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
    cells: Sequence[Sequence[str]],
    titles: Mapping[str, str],
    *,
    year: int | None = None,
    values: Collection[str] = (),
) -> tuple[list[str], list[list[str]]]:
    """The columns that the header names, in the first row or two, and the rows below; no columns without a header.

    ``titles`` are the columns' titles by name. A header names at least two columns, or the only one, and nothing else.
    A column with a blank heading belongs nowhere and gets an empty name. A single name is a header over rows of one
    column, unless it is one of the ``values`` that the column may hold.
    """
    headings = Headings(titles, year)
    for names, count in ((_in_two_rows(headings, cells), 2), (_in_one_row(headings, cells), 1)):
        if len({name for name in names if name}) >= min(2, len(titles)) and names:
            return names, [list(row) for row in cells[count:]]
    alone = _alone(headings, cells, values)
    return alone, [list(row) for row in cells[1 if alone else 0 :]]


def _in_one_row(headings: Headings, cells: Sequence[Sequence[str]]) -> list[str]:
    return _all_known([headings.find(cell) for cell in cells[0]]) if cells else []


def _in_two_rows(headings: Headings, cells: Sequence[Sequence[str]]) -> list[str]:
    """The columns of a heading over two rows: 指标值 above 前年, 上年 and 预计当年实现."""
    if len(cells) < 3:
        return []
    width = max(len(row) for row in cells[:2])
    above, below = ([*row, *[""] * (width - len(row))] for row in cells[:2])
    said = [at for at, cell in enumerate(below) if cell.strip()]
    if all(headings.find(above[at]) for at in said):
        return []
    if not all(headings.find(below[at]) or headings.find(above[at], below[at]) for at in said):
        return []
    return _all_known([headings.find(*pair) for pair in zip(above, below, strict=True)])


def _alone(headings: Headings, cells: Sequence[Sequence[str]], values: Collection[str]) -> list[str]:
    """The only named column, over rows that are blank beside it."""
    filled = {at for row in cells for at, cell in enumerate(row) if cell.strip()}
    if len(cells) < 2 or len(filled) != 1:
        return []
    said = [cell.strip() for cell in cells[0]]
    name = headings.title("".join(said))
    return [name if cell else "" for cell in said] if name and not set(said) & set(values) else []


def _all_known(names: Sequence[str | None]) -> list[str]:
    """``names``, or an empty list if one is unknown or repeated."""
    known = [name for name in names if name]
    return [name or "" for name in names] if None not in names and len(set(known)) == len(known) else []


def posted(field: PartField, cell: str) -> str:
    """Convert a cell to the value that the field's control would post: a label to its choice, 是 to a tick.

    A text that fits no choice, or several, stays as it is, and the form reports it.
    """
    said = unicodedata.normalize("NFKC", cell).strip()
    if isinstance(field, TickField):
        return "on" if said.lower() in YES_WORDS else ""
    if field.of_rows:
        return key_of(said, flat_choices(field))
    found = choice_of(said, flat_choices(field))
    return cell.strip() if found is None else found


def is_readable(field: PartField, cell: str) -> bool:
    """Whether the field's control can hold the cell, even as an error. A tick box cannot hold words."""
    words = YES_WORDS | NO_WORDS
    return not isinstance(field, TickField) or unicodedata.normalize("NFKC", cell).strip().lower() in words


_CODE = re.compile(r"\(?(?:[0-9a-z]{1,6}|[一二三四五六七八九十]+(?=[、.)]))\)?[-_.、:]*(?=[\u4e00-\u9fff])")
"""Numbering in front of a choice: ``01-``, ``A``, ``(2)``, ``三、``."""

_NEUTRAL = re.compile(r"(?<=.)(?:预算|财政拨款|拨款|资金|收入|项目|类)+$")
"""Words that lists add to the same choices, or leave out."""


def choice_of(said: str, choices: Sequence[tuple[str, str]]) -> str | None:
    """The value of the choice that ``said`` means; None if it fits no choice, or several.

    It fits a choice by its value or label, with or without numbering in front; else by the beginning of only one
    label; else by a label without words that do not distinguish it (``一般公共预算拨款``). Blanks and width do not
    matter.
    """
    wanted = _packed(said)
    labels = [(value, _packed(label)) for value, label in choices]
    if any(value == said.strip() for value, _ in labels):
        return said.strip()
    bare = _CODE.sub("", wanted, count=1)
    readings = (
        [value for value, label in labels if label == wanted],
        [value for value, label in labels if label == bare],
        [value for value, label in labels if value and len(bare) > 1 and label.startswith(bare)],
        [value for value, label in labels if value and _NEUTRAL.sub("", label) == _NEUTRAL.sub("", bare)],
    )
    found = next((reading for reading in readings if reading), [])
    return found[0] if len(set(found)) == 1 else None


def _packed(text: str) -> str:
    """The text in half-width lower case, without blanks and invisible characters."""
    kept = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return "".join("".join(kept).split()).lower()


def amount_as_written(text: str) -> str:
    return text


def in_unit(cell: str, said: Measure, wanted: Unit) -> str:
    """Convert an amount from the unit ``said`` to ``wanted``. A text that is no amount gets its unit appended."""
    if not cell.strip() or said is wanted:
        return cell
    try:
        return plain(parse_amount(cell, said), wanted)
    except AmountError:
        return cell if cell.strip().endswith(("元", "万")) else f"{cell.strip()}{said.label}"


def typed_again(cell: str, said: Unit, wanted: Unit) -> str:
    """Convert a typed amount from a page in ``said`` to one in ``wanted``, like `in_unit`. A text that is no amount in
    either unit stays as typed."""
    return in_unit(cell, said, wanted) if _is_amount(cell, said) or _is_amount(cell, wanted) else cell


def _is_amount(cell: str, unit: Unit) -> bool:
    try:
        parse_amount(cell, unit)
    except AmountError:
        return False
    return True


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
    """The key of the row named ``said``, or of the only row whose name begins or ends with it; else ``said``."""
    wanted = unicodedata.normalize("NFKC", said).strip()
    if not wanted or any(wanted == key for key, _ in offered):
        return wanted
    labels = [(key, unicodedata.normalize("NFKC", label)) for key, label in offered]
    exact = [key for key, label in labels if label == wanted]
    near = [key for key, label in labels if label.split(" ")[0] == wanted or label.endswith(wanted)]
    found = exact or near
    return found[0] if len(found) == 1 else wanted
