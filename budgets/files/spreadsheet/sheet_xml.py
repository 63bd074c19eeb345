"""The cells of a sheet's XML.

A plain sheet is read by a pattern, which must match all of the rows without a gap, any other one by the parser. Both
give the cells to the same `SheetCells`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, partial

from . import serials
from .cells import MAX_COLUMNS, MAX_FORMULA, Cell, Failed, Number, Shown, SpreadsheetRefused, Uncomputed
from .collecting import Collector
from .formats import NumberFormat
from .markup import Attributes, NotXml, Reader, is_true
from .plain import Around, NotPlain, read_plain, without_entities
from .texts import SHORT, clean

ROW_LIMIT, COLUMN_LIMIT = 1_048_576, 16_384
"""Those of the format."""
DAMAGED = "xlsx 文件已损坏，不能打开"

_CELL = re.compile(
    r"""\s*+<(?:
    c(?:\ r="(?P<letters>[A-Z]{1,3})(?P<digits>[0-9]{1,7})")?
    (?:\ s="(?P<style>[0-9]{1,6})")?(?:\ t="(?P<kind>[A-Za-z]+)")?\s?(?:/>|>
      (?P<formula><f(?:\s[^<>"]*(?:"[^<"]*"[^<>"]*)*)?(?:/>|>(?P<said>[^<]*)</f>))?
      (?:<v>(?P<value>[^<]*)</v>|(?P<empty><v\s?/>)|<is><t(?:\ xml:space="preserve")?>(?P<text>[^<]*)</t></is>)?
    </c>)
    |row(?:\ r="(?P<number>[0-9]{1,7})")?(?P<row>(?:\s[^<>]*)?>)
    |(?P<closed>/row\s*>)
    |(?P<end>/sheetData\s*>)
    )|(?P<gap>\s*+[\s\S]?)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r'\s([A-Za-z0-9:]+)="([^"<&]*)"')
_ATTRIBUTES = re.compile(r'(?:\s[A-Za-z0-9:]+="[^"<&]*")*\s*/?>')
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*")
_DIGITS = 15


class SheetCells:
    """Turns what a cell's XML says into a cell of the sheet."""

    def __init__(
        self, sheet: Collector, texts: Sequence[str], styles: Sequence[NumberFormat | None], is_1904: bool
    ) -> None:
        self.sheet, self.texts, self.is_1904 = sheet, texts, is_1904
        self.styles: dict[str | None, NumberFormat | None] = {
            str(at): style for at, style in enumerate(styles) if style is not None
        }
        first = styles[0] if styles else None
        if first is not None:
            self.styles[None] = first
        self.row, self.column = -1, -1
        self.number = ""
        """That of the row, from 1; empty while it is not known."""
        self.into: list[Cell] | None = None
        """The cells of the row, once it has any."""

    def restart(self) -> None:
        self.sheet.clear()
        self.row, self.column = -1, -1

    def start_row(self, number: str | None, hidden: str | None, height: str | None) -> None:
        """``number`` counts from 1; without it the row follows the one before."""
        self.number = number or ""
        self.row = self.row + 1 if number is None else int(number) - 1
        self.column = -1
        self.into = None
        if not 0 <= self.row < ROW_LIMIT:
            raise SpreadsheetRefused(DAMAGED)
        if is_true(hidden) or (height is not None and _is_zero(height)):
            self.sheet.hide_row(self.row)

    def put(
        self,
        letters: str | None,
        digits: str | None,
        style: str | None,
        kind: str | None,
        formula: str | None,
        value: str | None,
    ) -> None:
        """One cell. ``formula`` and ``value`` are None without such an element."""
        if letters is None:
            self.column += 1
        else:
            self.column = column_number(letters)
            if digits != self.number:
                self._place(digits or "")
        if value is None and formula is None:
            return
        cell = self.cell(style, kind, formula, value)
        if cell is None:
            return
        into = self.into
        if into is not None and len(into) == self.column < MAX_COLUMNS:
            into.append(cell)
        else:
            self.into = self.sheet.put(self.row, self.column, cell)

    def _place(self, digits: str) -> None:
        """Take the row from its first cell, where the row itself has no number."""
        row = int(digits) - 1
        if not 0 <= row < ROW_LIMIT or (self.number and row != self.row):
            raise SpreadsheetRefused(DAMAGED)
        self.row, self.number, self.into = row, digits, None

    def cell(self, style: str | None, kind: str | None, formula: str | None, value: str | None) -> Cell:
        if kind == "inlineStr" or kind == "str":
            return self._text(style, value) if value is not None else _unknown(formula)
        if kind is None or kind == "n":
            if not value or value.isspace():
                return _unknown(formula)
            number = as_number(value)
            if number is None:
                return self._text(style, value)
            known = self.styles.get(style)
            return number if known is None else known.show(number, self.is_1904)
        if kind == "s":
            return self._shared(style, value)
        if value is None or not value.strip():
            return _unknown(formula)
        if kind == "b":
            return is_true(value.strip())
        if kind == "e":
            return Failed(clean(value).strip())
        if kind == "d":
            return self._moment(style, value.strip())
        return self._text(style, value)

    def _shared(self, style: str | None, value: str | None) -> Cell:
        try:
            text = self.texts[int(value or "")] if value else ""
        except (ValueError, IndexError):
            raise SpreadsheetRefused(DAMAGED) from None
        if not text:
            return None
        known = self.styles.get(style)
        return text if known is None else known.show_text(text)

    def _text(self, style: str | None, value: str) -> Cell:
        text = clean(value)
        if not text:
            return None
        known = self.styles.get(style)
        return text if known is None else known.show_text(text)

    def _moment(self, style: str | None, value: str) -> Cell:
        """A date that is written as such: as its format shows it, else ``2024-03-05``."""
        try:
            when = datetime.datetime.fromisoformat(value.replace("Z", "")).replace(tzinfo=None)
        except ValueError:
            return self._text(style, value)
        known = self.styles.get(style)
        if known is not None and when.year >= 1900:
            shown = known.show(serials.serial(when))
            if isinstance(shown, Shown) and shown.is_certain:
                return shown
        if when.time() == datetime.time():
            return Shown(when.date(), f"{when:%Y-%m-%d}")
        return Shown(when, f"{when:%Y-%m-%d %H:%M}")


def _unknown(formula: str | None) -> Uncomputed | None:
    return None if formula is None else Uncomputed(formula[:MAX_FORMULA])


@cache
def column_number(letters: str) -> int:
    """0 for ``A``. Raises `SpreadsheetRefused` beyond ``XFD``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > COLUMN_LIMIT:
        raise SpreadsheetRefused(DAMAGED)
    return number - 1


def as_number(text: str) -> Number | None:
    if len(text) <= _DIGITS and text.isdecimal() and text.isascii():
        return int(text)
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 10**_DIGITS else number


def _is_zero(height: str) -> bool:
    return as_number(height) == 0


# --- the plain way --------------------------------------------------------------------------------


def read_sheet(pieces: Callable[[], Iterable[bytes]], cells: SheetCells) -> None:
    """Read the cells of a sheet. ``pieces`` are those of its XML, from the beginning on every call."""
    try:
        read_plain(pieces(), Around("sheetData", _Margin(cells.sheet).start), partial(_read_cells, cells))
    except NotPlain:
        cells.restart()
        _Parsed(cells).reader.read(pieces())


def _read_cells(cells: SheetCells, text: str) -> tuple[int, bool]:
    """Read whole cells, as `read_plain` has it."""
    put = cells.put
    at = 0
    for match in _CELL.finditer(text):
        letters, digits, style, kind, formula, said, value, empty, inline, number, row, _, end, gap = (
            match.groups()
        )
        if gap is not None:
            break
        at = match.end()
        if row is not None:
            _start_row(number, row, cells)
            continue
        if end is not None:
            return at, True
        if match.lastgroup == "closed":
            continue
        if inline is not None:
            value = inline
            kind = kind or "inlineStr"
        elif empty is not None:
            value = ""
        if value and ("&" in value or "\r" in value):
            value = without_entities(value)
        if formula is not None:
            formula = without_entities(said or "")
        put(letters, digits, style, kind, formula, value)
    return at, False


def _start_row(number: str | None, text: str, cells: SheetCells) -> None:
    said = _said_of_row(text) if len(text) < SHORT else _attributes(text)
    if number is None and "r" in said:
        raise NotPlain
    cells.start_row(number, said.get("hidden"), said.get("ht"))


def _attributes(text: str) -> Attributes:
    if not _ATTRIBUTES.fullmatch(text):
        raise NotPlain
    return dict(_ATTRIBUTE.findall(text))


_said_of_row = lru_cache(maxsize=1000)(_attributes)
"""Rows say the same of themselves again and again."""


class _Margin:
    """What stands before and after the rows: hidden columns and merged cells."""

    def __init__(self, sheet: Collector) -> None:
        self.sheet = sheet

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and (is_true(attributes.get("hidden")) or _is_zero(attributes.get("width", ""))):
            first, last = as_number(attributes.get("min", "")), as_number(attributes.get("max", ""))
            if first is not None and last is not None:
                self.sheet.hide_columns(int(first) - 1, int(last) - 1)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if start and end:
            top, bottom = int(start[2]) - 1, int(end[2]) - 1
            self.sheet.merge((top, column_number(start[1]), bottom, column_number(end[1])))


# --- any other way --------------------------------------------------------------------------------


class _Parsed:
    """Reads all of a sheet's XML with the parser."""

    def __init__(self, cells: SheetCells) -> None:
        self.cells = cells
        self.margin = _Margin(cells.sheet)
        self.reader = Reader(self.start, self.end, self.text)
        self.place: tuple[str | None, str | None] = (None, None)
        self.style: str | None = None
        self.kind: str | None = None
        self.parts = _NO_CELL
        self.into: list[str] | None = None
        self.phonetic = 0
        self.is_in_row = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c" and self.is_in_row:
            self._start_cell(attributes)
        elif name in ("f", "v") and self.parts is not _NO_CELL:
            self.into = self.parts.setdefault(name, [])
        elif name == "t" and self.parts is not _NO_CELL and not self.phonetic:
            self.into = self.parts.setdefault("t", [])
        elif name == "rPh":
            self.phonetic += 1
        elif name == "row":
            self.is_in_row = True
            self._start_row(attributes)
        else:
            self.margin.start(name, attributes)

    def end(self, name: str) -> None:
        if name in ("f", "v", "t"):
            self.into = None
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "row":
            self.is_in_row = False
        elif name == "c" and self.is_in_row:
            self._end_cell()

    def text(self, text: str) -> None:
        if self.into is not None:
            self.into.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        number = as_number(attributes["r"]) if "r" in attributes else None
        if "r" in attributes and not isinstance(number, int):
            raise NotXml
        self.cells.start_row(
            None if number is None else str(number), attributes.get("hidden"), attributes.get("ht")
        )

    def _start_cell(self, attributes: Attributes) -> None:
        place = _PLACE.fullmatch(attributes["r"].strip()) if "r" in attributes else None
        if "r" in attributes and place is None:
            raise NotXml
        self.place = (place[1], place[2]) if place else (None, None)
        self.style, self.kind = attributes.get("s"), attributes.get("t")
        self.parts = {}

    def _end_cell(self) -> None:
        said = {name: "".join(texts) for name, texts in self.parts.items()}
        value = said.get("t") if "t" in said and "v" not in said else said.get("v")
        kind = self.kind
        if "t" in said and "v" not in said:
            kind = kind or "inlineStr"
        self.parts = _NO_CELL
        self.cells.put(*self.place, self.style, kind, said.get("f"), value)


_NO_CELL: dict[str, list[str]] = {}
"""Stands for the parts of a cell outside of cells."""
