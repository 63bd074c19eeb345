"""A block of a sheet as a table of WordprocessingML, as text: thousands of cells are parsed faster than built. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.oxml.ns import nsdecls

from ...domain.sheets import Cell, Role, Row, Sheet
from ..layout import BODY_SIZE
from ..markup import escaped
from ..paging import Block, Page, is_centred
from ..values import NUMERIC, printed
from .styles import HEI, TABLE_TEXT, style_id
from .xml import twips

_RIGHT = NUMERIC - {Role.NUMBER}
_LONGEST_UNCUT = 300
"""Characters of a row from which it may be cut between two pages."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="555555"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell where it begins, or the space below it that it covers (``is_covered``)."""

    cell: Cell
    is_covered: bool


def table(page: Page, block: Block, width: int) -> str:
    """The block over ``width`` twentieths of a point. Its head rows are repeated on every page."""
    columns = _columns(page.widths, width)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    rows = (*block.head, *block.rows)
    written = (
        _row(page, row, placed, columns, is_head=number < len(block.head))
        for number, (row, placed) in enumerate(zip(rows, _placed(rows, len(columns)), strict=True))
    )
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
    )


def _columns(widths: Sequence[float], width: int) -> list[int]:
    return [round(width * each / sum(widths)) for each in widths]


def _placed(rows: Sequence[Row], columns: int) -> Iterator[list[tuple[int, _Placed]]]:
    """What stands in each row from the left, with the column at which it begins."""
    below: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        cells = iter(row.cells)
        found: list[tuple[int, _Placed]] = []
        column = 0
        while column < columns:
            if column in below:
                cell, left = below.pop(column)
                found.append((column, _Placed(cell, True)))
            else:
                cell = next(cells)
                left = cell.rows
                found.append((column, _Placed(cell, False)))
            if left > 1:
                below[column] = (cell, left - 1)
            column += cell.columns
        yield found


def _row(
    page: Page, row: Row, placed: list[tuple[int, _Placed]], columns: Sequence[int], *, is_head: bool
) -> str:
    length = sum(len(printed(each.cell)) for _, each in placed)
    whole = "<w:cantSplit/>" if length <= _LONGEST_UNCUT else ""
    repeated = "<w:tblHeader/>" if is_head else ""
    cells = "".join(_cell(page, row, each, columns[at : at + each.cell.columns]) for at, each in placed)
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{cells}</w:tr>"


def _cell(page: Page, row: Row, placed: _Placed, columns: Sequence[int]) -> str:
    cell, sheet = placed.cell, page.sheet
    is_head = cell.role is Role.HEADER
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = f"<w:vMerge{'' if placed.is_covered else _RESTART}/>" if cell.rows > 1 else ""
    shade = _SHADE if is_head or (sheet.is_form and cell.role is Role.LABEL) else ""
    words = "" if placed.is_covered else printed(cell, blank_zero=sheet.blank_zero)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(columns)}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{_paragraph(page, row, cell, words)}</w:tc>"
    )


_RESTART = ' w:val="restart"'


def _paragraph(page: Page, row: Row, cell: Cell, words: str) -> str:
    indent = f'<w:ind w:left="{twips(cell.indent * page.size)}"/>' if cell.indent else ""
    properties = (
        f'<w:pStyle w:val="{style_id(TABLE_TEXT)}"/>{indent}<w:jc w:val="{_align(page.sheet, cell)}"/>'
    )
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in words.split("\n"))
    run = f"<w:r>{_face(page, row, cell)}{text}</w:r>" if words else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def _align(sheet: Sheet, cell: Cell) -> str:
    if is_centred(cell, sheet):
        return "center"
    return "right" if cell.role in _RIGHT else "left"


def _face(page: Page, row: Row, cell: Cell) -> str:
    is_head = cell.role is Role.HEADER
    face = f'<w:rFonts w:eastAsia="{HEI}"/>' if is_head else ""
    bold = '<w:b w:val="1"/>' if not is_head and (cell.strong or row.total) else ""
    size = f'<w:sz w:val="{round(page.size * 2)}"/>' if page.size != BODY_SIZE else ""
    found = face + bold + size
    return f"<w:rPr>{found}</w:rPr>" if found else ""
