"""A manuscript as PDF/A-2a and PDF/UA-1: tagged, with bookmarks, alternative texts and embedded fonts.

Pure but for the fonts of the machine. The same manuscript gives the same bytes with the same fonts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ..domain.sheets import Cell, Orientation, Role, Row, Sheet
from ..narrative.document import Chart
from . import charts
from .manuscript import Element, Lines, Manuscript, Special, Title
from .paging import Block, Page, blocks_of, is_centred
from .values import NUMERIC, department_line, printed, unit_line
from .values import text as any_text

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
PACKAGE = "fonts-noto-cjk"
"""The package of Debian and Ubuntu that has them."""

GETA = "〓"
"""Stands for a character without a glyph, as printers have it."""
_TRIES = 6
_NO_GLYPH = re.compile(r'(?:the text|codepoint) `"(\\u\{[0-9a-f]+\}|[^"`]+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")
"""What is not seen, or turns the direction of what is."""
STANDARDS: list[Any] = ["a-2a", "ua-1"]

_TEMPLATE = Path(__file__).with_name("manuscript.typ").read_bytes()
_RIGHT = NUMERIC - {Role.NUMBER}

Json = dict[str, Any]


class NotDrawn(Exception):
    """There is no pdf. The message is Chinese and says why."""


class FontsMissing(NotDrawn):
    """The machine lacks a font. The message names the package to install."""

    def __init__(self, fonts: Iterable[str]) -> None:
        names = "、".join(fonts)
        super().__init__(f"不能生成 PDF：服务器缺少字体 {names}，请管理员安装 {PACKAGE} 后再试")


def missing_fonts() -> tuple[str, ...]:
    """The `FONTS` that the machine lacks."""
    return tuple(name for name in FONTS if name not in _fonts().families())


def render(manuscript: Manuscript) -> bytes:
    """A character that the fonts lack is printed as `GETA`. Raises `FontsMissing`, or `NotDrawn`."""
    if missing := missing_fonts():
        _fonts.cache_clear()
        raise FontsMissing(missing)
    data = json.dumps(_data(manuscript), ensure_ascii=False, sort_keys=True)
    for _ in range(_TRIES):
        try:
            return _compiled(data)
        except typst.TypstError as error:
            lacking = _lacking(error)
            if not lacking:
                raise NotDrawn(f"不能生成 PDF：{error.message}") from error
            data = data.translate(dict.fromkeys(lacking, GETA))
    raise NotDrawn("不能生成 PDF：有太多字体里没有的字符")


def _lacking(error: typst.TypstError) -> set[int]:
    """The characters that the fonts lack, or a pdf may not have."""
    return {ord(_unescaped(found)) for found in _NO_GLYPH.findall(f"{error.message}\n{error.diagnostic}")}


def _unescaped(character: str) -> str:
    """``\\u{e863}`` is how an unseen one is told."""
    code = _ESCAPED.fullmatch(character)
    return chr(int(code[1], 16)) if code else character[0]


def _compiled(data: str) -> bytes:
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"manuscript": data},
        pdf_standards=STANDARDS,
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the machine, looked for once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def text(value: object) -> str:
    """``value`` without what no page shows."""
    return _INVISIBLE.sub("", any_text(value))


def _data(manuscript: Manuscript) -> Json:
    date, cover = manuscript.date, manuscript.cover
    return {
        "title": text(manuscript.title),
        "author": text(manuscript.author),
        "date": {"year": date.year, "month": date.month, "day": date.day},
        "cover": None if cover is None else [[text(label), text(value)] for label, value in cover],
        "elements": [_element(element) for element in manuscript.elements],
    }


def _element(element: Element) -> Json:
    match element:
        case Title():
            return {"kind": "title", "level": element.level, "text": text(element.text)}
        case Lines():
            return {"kind": "lines", "texts": [text(line) for line in element.texts]}
        case Special():
            return {"kind": element.face.value, "text": text(element.text)}
        case Chart():
            return _chart(element)
        case Page():
            return _sheet(element)


def _chart(chart: Chart) -> Json:
    return {
        "kind": "chart",
        "svg": charts.svg(chart),
        "caption": text(chart.caption),
        "alternative": text(chart.alternative),
    }


def _sheet(page: Page) -> Json:
    sheet = page.sheet
    return {
        "kind": "sheet",
        "level": page.level,
        "heading": text(page.heading),
        "continued": page.is_continued,
        "title": text(page.title),
        "landscape": sheet.orientation is Orientation.LANDSCAPE,
        "size": page.size,
        "widths": page.widths,
        "department": text(department_line(sheet)),
        "unit": unit_line(sheet),
        "notes": [text(note) for note in sheet.notes],
        "blocks": [_block(sheet, block) for block in blocks_of(sheet)],
    }


def _block(sheet: Sheet, block: Block) -> Json:
    return {"head": _rows(sheet, block.head), "rows": _rows(sheet, block.rows)}


def _rows(sheet: Sheet, rows: Iterable[Row]) -> list[list[Json]]:
    return [[_cell(sheet, row, cell) for cell in row.cells] for row in rows]


def _cell(sheet: Sheet, row: Row, cell: Cell) -> Json:
    is_head = cell.role is Role.HEADER
    return {
        "text": text(printed(cell, blank_zero=sheet.blank_zero)),
        "rows": cell.rows,
        "columns": cell.columns,
        "align": "center" if is_centred(cell, sheet) else "right" if cell.role in _RIGHT else "left",
        "head": is_head,
        "bold": cell.strong or row.total,
        "filled": is_head or (sheet.is_form and cell.role is Role.LABEL),
        "indent": cell.indent,
    }
