"""A range pasted from a spreadsheet: its cells, and the columns of the page to which they belong.

Excel and WPS put text on the clipboard. Cells are separated by tabs and rows by line ends. A cell with a line end or a
tab is in quotes, and its own quotes are doubled. A quote inside a plain cell (``12" 显示器``) is a quote. The text does
not show merged cells: their value stands in the first row, with blanks below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..domain.characters import half_width, packed
from ..domain.money import AmountError, AnyUnit, Unit, amount_as_written, parse_amount, plain
from .fields import AmountField, PartField, TickField, WholeField
from .headings import NUMBERING, Headings, unit_said, unknown_unit_said
from .headings import plain as plain_heading

LONGEST = 2_000_000
"""The most characters of one paste."""

MOST_CELLS = 200_000
"""The most cells of one paste, blank ones included."""

MOST_MERGED = 2000
"""The most merged cells of one paste."""

MOST_ABOVE = 5
"""The most lines above a heading: its title, the department, the unit."""

YES_WORDS = frozenset({"是", "√", "✓", "1", "y", "yes", "true", "有"})
NO_WORDS = frozenset({"", "否", "×", "0", "n", "no", "false", "无", "-", "—", "/"})


class PasteRefused(Exception):
    """The whole paste is refused; the message is Chinese and says why."""


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


_CELL_END = re.compile(r"[\t\r\n]")


def parse_rows(text: str) -> list[list[str]]:
    """The cells by row. Rows keep their lengths."""
    rows: list[list[str]] = [[]]
    at, end = 0, len(text)
    while at <= end:
        cell, at = _quoted(text, at) if text.startswith('"', at) else (None, at)
        if cell is None:
            match = _CELL_END.search(text, at)
            stop = match.start() if match else end
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


@dataclass(frozen=True)
class Header:
    """The heading of a range. ``names`` are the columns that it names, in their order; none without a heading.

    A column that belongs nowhere has an empty name; ``unknown`` has the headings of such columns by their place.
    """

    names: Sequence[str] = ()
    above: int = 0
    """The number of lines above it: a title, a unit."""
    rows: int = 0
    """The number of its own rows."""
    unknown: Mapping[int, str] = field(default_factory=dict)
    numbering: Collection[int] = ()
    """The places of columns that only count the rows."""

    @property
    def end(self) -> int:
        return self.above + self.rows


def find_header(
    cells: Sequence[Sequence[str]],
    titles: Mapping[str, str],
    *,
    year: int | None = None,
    values: Collection[str] = (),
) -> Header:
    """The heading of a range, in one row or two, below lines that are no rows of a table.

    ``titles`` are the columns' titles by name. A heading names at least two columns, or the only one, and no more
    that are unknown. A single name is a heading over rows of one column, unless it is one of the ``values`` that the
    column may hold. Raises `PasteRefused` if it names a column twice.
    """
    headings = Headings(titles, year)
    least = min(2, len(titles))
    for above in range(min(len(cells), MOST_ABOVE + 1)):
        if above and (least < 2 or not is_line(cells[above - 1])):
            break
        for pairs, rows in ((_in_two_rows(headings, cells[above:]), 2), (_in_one_row(cells[above:]), 1)):
            header = _read_header(headings, pairs, above, rows)
            found = len(set(filter(None, header.names)))
            if found >= least and found >= len(header.unknown) + bool(above):
                _refuse_repeated(headings, pairs, titles)
                return header
    units = next((at for at, row in enumerate(cells) if not _is_unit(row)), len(cells))
    alone = _alone(headings, cells[units:], values)
    return Header(alone, units, 1 if alone else 0)


def is_line(row: Sequence[str]) -> bool:
    """Whether a row above a heading is a title, or says the unit or the department."""
    texts = [text for cell in row if (text := half_width(cell).strip())]
    if len(texts) == 1:
        return not texts[0].isdecimal()
    return len(texts) < 5 and (_names_unit(texts) or all(":" in text for text in texts))


def _is_unit(row: Sequence[str]) -> bool:
    texts = [text for cell in row if (text := packed(cell))]
    return len(texts) == 1 and texts[0].lstrip("(").startswith(("单位", "金额单位")) and _names_unit(texts)


def _names_unit(texts: Sequence[str]) -> bool:
    return unit_said(texts) is not None or bool(unknown_unit_said(texts))


def _in_one_row(cells: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(cell,) for cell in cells[0]]


def _in_two_rows(headings: Headings, cells: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The texts of a heading over two rows: 指标值 above 前年, 上年 and 预计当年实现."""
    if len(cells) < 3 or not any(headings.find(cell) for cell in cells[0]):
        return []
    width = max(len(row) for row in cells[:2])
    above, below = ([*row, *[""] * (width - len(row))] for row in cells[:2])
    said = [at for at, cell in enumerate(below) if cell.strip()]
    if all(headings.find(above[at]) for at in said):
        return []
    known = [bool(headings.find(below[at]) or headings.find(above[at], below[at])) for at in said]
    if not all(known) and not (any(known) and _are_below_merged(above, said)):
        return []
    return list(zip(above, below, strict=True))


def _are_below_merged(above: Sequence[str], said: Sequence[int]) -> bool:
    """Whether each place is below a heading that spans several columns, so that blanks follow it."""
    return all(not packed(above[at]) or (at + 1 < len(above) and not packed(above[at + 1])) for at in said)


def _read_header(headings: Headings, pairs: Sequence[tuple[str, ...]], above: int, rows: int) -> Header:
    names = [headings.find(*texts) for texts in pairs]
    unknown = {
        at: "".join(text.strip() for text in texts)
        for at, (name, texts) in enumerate(zip(names, pairs, strict=True))
        if name is None
    }
    numbering = {at for at, text in unknown.items() if plain_heading(text) in NUMBERING}
    unknown = {at: text for at, text in unknown.items() if at not in numbering}
    return Header([name or "" for name in names], above, rows, unknown, numbering)


def _refuse_repeated(headings: Headings, pairs: Sequence[tuple[str, ...]], titles: Mapping[str, str]) -> None:
    said: dict[str, str] = {}
    for texts in pairs:
        name, text = headings.find(*texts), "".join(texts).strip()
        if name and name in said:
            raise PasteRefused(
                f"“{said[name]}”和“{text}”都是“{titles[name]}”一栏，请只留一列再粘贴，没有填入"
            )
        if name:
            said[name] = text


def _alone(headings: Headings, cells: Sequence[Sequence[str]], values: Collection[str]) -> list[str]:
    """The only named column, over rows that are blank beside it."""
    filled = {at for row in cells for at, cell in enumerate(row) if cell.strip()}
    if len(cells) < 2 or len(filled) != 1:
        return []
    said = [cell.strip() for cell in cells[0]]
    name = headings.title("".join(said))
    return [name if cell else "" for cell in said] if name and not set(said) & set(values) else []


def posted(field: PartField, cell: str) -> str:
    """Convert a cell to the value that the field's control would post: a label to its choice, 是 to a tick.

    A text that fits no choice, or several, stays as it is, and the form reports it.
    """
    said = unicodedata.normalize("NFKC", cell).strip()
    if isinstance(field, AmountField | WholeField):
        return amount_as_written(cell).strip()
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


_CODE = re.compile(r"^\(?(?:[0-9a-z]{1,6}|[一二三四五六七八九十]+(?=[、.)]))\)?[-_.、:]*(?=[\u4e00-\u9fff])")
"""Numbering in front of a choice: ``01-``, ``A``, ``(2)``, ``三、``."""

_NEUTRAL = ("预算", "财政拨款", "拨款", "资金", "收入", "项目", "类")
"""Words that lists add to the same choices, or leave out."""


LONGEST_CHOICE = 200
"""The most characters of a choice as it is written."""


def choice_of(said: str, choices: Sequence[tuple[str, str]]) -> str | None:
    """The value of the choice that ``said`` means; None if it fits no choice, or several.

    It fits a choice by its value or label, with or without numbering in front; else by the beginning of only one
    label; else by a label without words that do not distinguish it (``一般公共预算拨款``). Blanks and width do not
    matter.
    """
    if len(said) > LONGEST_CHOICE:
        return None
    wanted = packed(said).lower()
    labels = [(value, packed(label).lower()) for value, label in choices]
    if any(value == said.strip() for value, _ in labels):
        return said.strip()
    bare = _CODE.sub("", wanted, count=1)
    readings = (
        [value for value, label in labels if label == wanted],
        [value for value, label in labels if label == bare],
        [value for value, label in labels if value and len(bare) > 1 and label.startswith(bare)],
        [value for value, label in labels if value and _distinct(label) == _distinct(bare)],
    )
    found = next((reading for reading in readings if reading), [])
    return found[0] if len(set(found)) == 1 else None


def _distinct(said: str) -> str:
    """``said`` without the words at its end that do not distinguish a choice; its first character stays."""
    end = len(said)
    while word := next((word for word in _NEUTRAL if said.endswith(word, 1, end)), ""):
        end -= len(word)
    return said[:end]


def in_unit(cell: str, said: AnyUnit, wanted: Unit) -> str:
    """Convert an amount from the unit ``said`` to ``wanted``. A text that is no amount gets its unit appended."""
    if not amount_as_written(cell).strip() or said is wanted:
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
