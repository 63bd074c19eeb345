"""A sheet as an accessible HTML table, to read or, with a `Binder`, to edit.

Pure. There are no inline styles: widths are classes of ``<col>`` (``w7``), and ``css/sheet.css`` does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from itertools import zip_longest
from typing import Protocol

from django.utils.safestring import SafeString

from budgets.domain.address import Address
from budgets.domain.sheets import Cell, Orientation, Region, Role, Row, Sheet, Source

from .markup import escaped, joined, markup, markup_of_each
from .values import department_line, printed, text, unit_line

Link = Callable[[Cell], str | None]
"""Returns the address that a figure links to, or None."""
Mark = Callable[[Cell], str | None]
"""Returns further classes of a cell: ``has-error``, ``has-warning``, ``has-comment``."""

_WIDEST_COLUMN = 40
_WIDE = {Orientation.PORTRAIT: 60.0, Orientation.LANDSCAPE: 90.0}
"""The width of a table, in CJK characters, from which it is printed in smaller type."""
_NOT_IN_ID = re.compile(r"[^\w-]+")
_EMPTY = SafeString("")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One form of a formset: ``cells`` by field name, each a widget with its label and errors.

    ``hidden`` and ``tools`` (the row's buttons) stand in the last cell, ``errors`` of the whole row below it.
    """

    cells: Mapping[str, SafeString]
    hidden: SafeString = _EMPTY
    tools: SafeString = _EMPTY
    key: str = ""
    errors: SafeString = _EMPTY
    is_deleted: bool = False
    """Whether the next save removes it. Until then it is struck through and in no sum."""


@dataclass(frozen=True, slots=True)
class RegionForms:
    """A formset that replaces a region. ``blank`` is the row that scripts copy, with ``__prefix__``."""

    management: SafeString
    rows: Sequence[RegionRow]
    blank: RegionRow
    footer: SafeString = _EMPTY


class Binder(Protocol):
    """Makes a sheet editable: widgets for its cells with an `Address`, formsets for its regions.

    A widget carries its own ``aria-label``, because the label beside it in the table is not tied to it.
    """

    def field(self, address: Address) -> SafeString | None:
        """The widget with its errors; None prints the value."""

    def region(self, name: str) -> RegionForms | None:
        """The formset; None prints the rows."""

    def help(self, address: Address, label: str) -> SafeString:
        """The help mark beside ``label`` for ``address``. The ``object`` of a column is its region."""


def cell_id(key: str) -> str:
    """The ``id`` of the cell with that key: ``c-T05-2010350-personnel``."""
    return "c-" + _NOT_IN_ID.sub("-", key)


def sheet_id(table: str) -> str:
    """The ``id`` of the sheet with that table key: ``sheet-T05``."""
    return "sheet-" + _NOT_IN_ID.sub("-", table)


def render(
    sheet: Sheet,
    *,
    link: Link | None = None,
    mark: Mark | None = None,
    binder: Binder | None = None,
    level: int = 2,
) -> SafeString:
    """The sheet in a scrolling container, with its notes below. The title is a heading of ``level``."""
    return _Page(sheet, link, mark, binder).render(level)


def _attributes(pairs: Iterable[tuple[str, object]]) -> SafeString:
    """``name="value"`` for each attribute that is neither empty nor 1."""
    return markup_of_each(' {}="{}"', ((name, value) for name, value in pairs if value not in ("", 1)))


def _element(tag: str, content: object, **attributes: object) -> SafeString:
    pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    return SafeString(f"<{tag}{_attributes(pairs)}>{escaped(content)}</{tag}>")


@dataclass(frozen=True, slots=True)
class _Page:
    sheet: Sheet
    link: Link | None
    mark: Mark | None
    binder: Binder | None
    helped: set[Address] = dataclass_field(default_factory=set)
    """Fields whose help was rendered already: a heading may be repeated, its help is not."""

    def render(self, level: int) -> SafeString:
        sheet = self.sheet
        table = _element(
            "table",
            joined((self._caption(level), self._columns(), self._head(), *self._bodies())),
            class_=f"sheet {'sheet-form' if sheet.is_form else 'sheet-table'}",
            data_table=sheet.table,
        )
        scroll = _element(
            "div",
            table,
            class_="sheet-scroll",
            tabindex="0",
            role="region",
            aria_label=f"{sheet.number} {sheet.title}".strip(),
        )
        return _element(
            "div", joined((scroll, self._notes())), class_=self._classes(), id=sheet_id(sheet.table)
        )

    def _classes(self) -> str:
        sheet = self.sheet
        classes = ["sheet-page", f"sheet-{sheet.orientation.value}"]
        if not sheet.is_form and sum(sheet.widths) > _WIDE[sheet.orientation]:
            classes.append("sheet-wide")
        if self.binder is not None:
            classes.append("sheet-editing")
        return " ".join(classes)

    def _caption(self, level: int) -> SafeString:
        sheet = self.sheet
        return markup(
            '<caption><div class="sheet-caption"><span class="sheet-number">{}</span>{}'
            '<span class="sheet-meta"><span>{}</span> <span>{}</span></span></div></caption>',
            text(sheet.number),
            _element(f"h{level}", text(sheet.title), class_="sheet-title"),
            text(department_line(sheet)),
            unit_line(sheet),
        )

    def _columns(self) -> SafeString:
        widths = (max(1, min(round(width), _WIDEST_COLUMN)) for width in self.sheet.widths)
        return _element("colgroup", markup_of_each('<col class="w{}">', ((width,) for width in widths)))

    def _head(self) -> SafeString:
        return _element("thead", self._rows(self.sheet.head)) if self.sheet.head else _EMPTY

    def _bodies(self) -> Iterator[SafeString]:
        """One ``tbody`` per region, and one for the rows between two."""
        rows: list[Row] = []
        for block in self.sheet.body:
            if isinstance(block, Row):
                rows.append(block)
                continue
            if rows:
                yield _element("tbody", self._rows(rows))
                rows = []
            yield self._region(block)
        if rows:
            yield _element("tbody", self._rows(rows))

    def _rows(self, rows: Iterable[Row]) -> SafeString:
        return joined(
            _element("tr", joined(self._cells(row)), class_="total" if row.total else "") for row in rows
        )

    def _cells(self, row: Row) -> Iterator[SafeString]:
        for cell, following in zip_longest(row.cells, row.cells[1:]):
            beside = following.source if cell.role is Role.LABEL and following is not None else None
            yield self._cell(cell, self._help(cell.source or beside, text(cell.value)))

    def _help(self, source: Source, label: str) -> SafeString:
        if self.binder is None or not isinstance(source, Address) or source in self.helped:
            return _EMPTY
        found = self.binder.help(source, label)
        if found:
            self.helped.add(source)
        return found

    def _cell(self, cell: Cell, help: SafeString = _EMPTY) -> SafeString:
        widget = self._widget(cell)
        content = markup("{}{}", self._value(cell), help) if widget is None else widget
        heads = bool(content) and widget is None and (cell.role is Role.HEADER or bool(cell.scope))
        return _element(
            "th" if heads else "td",
            content,
            id=cell_id(cell.key) if cell.key else "",
            scope=cell.scope if heads else "",
            rowspan=cell.rows,
            colspan=cell.columns,
            class_=" ".join(filter(None, self._cell_classes(cell, widget is not None))),
            data_key=cell.key,
        )

    def _widget(self, cell: Cell) -> SafeString | None:
        if self.binder is None or not isinstance(cell.source, Address) or cell.role is Role.HEADER:
            return None
        return self.binder.field(cell.source)

    def _value(self, cell: Cell) -> SafeString | str:
        value = printed(cell, blank_zero=self.sheet.blank_zero)
        address = self.link(cell) if value and cell.key and self.link else None
        return markup('<a href="{}">{}</a>', address, value) if address else value

    def _cell_classes(self, cell: Cell, editing: bool) -> Iterator[str]:
        yield cell.role.value
        if cell.indent:
            yield f"indent-{min(cell.indent, 5)}"
        if cell.strong:
            yield "strong"
        if editing:
            yield "field"
        if self.mark is not None and cell.key:
            yield self.mark(cell) or ""

    def _region(self, region: Region) -> SafeString:
        forms = self.binder.region(region.name) if self.binder is not None else None
        if forms is None:
            rows = (*region.head, *region.rows)
            content = self._rows(rows)
            return _element("tbody", content, data_region=region.name) if rows else _EMPTY
        return _element(
            "tbody",
            joined(
                (
                    self._edit_head(region),
                    *(self._edit_row(region, row) for row in forms.rows),
                    _element("template", self._edit_row(region, forms.blank), data_blank=region.name),
                    self._across(
                        joined((forms.management, self._columns_of(region), forms.footer)),
                        class_="region-footer",
                    ),
                )
            ),
            data_region=region.name,
        )

    def _columns_of(self, region: Region) -> SafeString:
        """The fields of the columns, for a range that is pasted over them."""
        return markup(
            '<input type="hidden" name="{}-columns" value="{}">', region.name, ",".join(region.fields)
        )

    def _edit_head(self, region: Region) -> SafeString:
        headers = region.edit_headers or tuple(text(cell.value) for row in region.head for cell in row.cells)
        if len(headers) != len(region.fields):
            return self._rows(region.head)
        return _element(
            "tr",
            joined(
                _element(
                    "th",
                    markup("{}{}", header, self._help(Address(region.name, field=name), header)),
                    scope="col",
                    colspan=columns,
                    class_="header",
                )
                for header, name, columns in zip(headers, region.fields, region.columns, strict=True)
            ),
        )

    def _edit_row(self, region: Region, row: RegionRow) -> SafeString:
        tools = _element("div", joined((row.tools, row.hidden)), class_="row-tools")
        last = len(region.fields) - 1
        cells = (
            _element(
                "td",
                joined((row.cells.get(name, _EMPTY), tools if index == last else _EMPTY)),
                colspan=columns,
                class_="field",
                data_field=name,
            )
            for index, (name, columns) in enumerate(zip(region.fields, region.columns, strict=True))
        )
        struck = SafeString(' class="is-deleted"') if row.is_deleted else _EMPTY
        form = markup('<tr data-row data-key="{}"{}>{}</tr>', row.key, struck, joined(cells))
        return joined((form, self._across(row.errors, class_="row-errors"))) if row.errors else form

    def _across(self, content: SafeString, class_: str) -> SafeString:
        return _element("tr", _element("td", content, colspan=len(self.sheet.widths)), class_=class_)

    def _notes(self) -> SafeString:
        if not self.sheet.notes:
            return _EMPTY
        notes = markup_of_each("<p>{}</p>", ((text(note),) for note in self.sheet.notes))
        return _element("div", notes, class_="sheet-notes")
