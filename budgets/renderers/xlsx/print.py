"""How large a sheet is printed on A4, and on how many pages. Pure.

A sheet is laid out for the type that it will be printed in, so that smaller type gets wider columns instead of wider
margins. Excel ignores page breaks in sheets that it fits to pages: a sheet of one page is fitted, any other is scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from budgets.domain.sheets import Orientation, Sheet

from ..columns import Columns, columns_of
from ..layout import BODY_SIZE, Layout, lay_out, with_notes
from .captions import Caption, caption_heights, captions
from .pages import Pages, paginate, undivided

MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 0.5, 0.6, 0.7
"""In inches."""
_INCH = 72.0
_SHORT, _LONG = 595.28, 841.89
"""A4, in points."""
_SURE = 0.97
"""Share of the page that is filled, as programs and printers measure columns differently by a percent or two."""
_SCALE = 98
"""The usual scale, in percent: 10.5 pt are printed as 10.3 pt."""
_LEAST = 77
"""The least scale: 8 pt type."""
_FITTED = (93, 88, 83)
"""Scales at which a sheet of up to 1.2 pages comes to stand on one."""
_SAVING = (94, 90, 86)
"""Scales at which a sheet of several pages may do with one less."""
_HOPELESS = 1.5
"""Pages from which on no smaller scale brings a sheet on one page."""
_SHORT_END = 0.3
"""Share of each full page that a smaller scale may save."""


@dataclass(frozen=True)
class Print:
    """A sheet laid out to be printed at ``scale`` percent."""

    sheet: Sheet
    columns: Columns
    captions: Sequence[Caption]
    caption_heights: Sequence[float]
    layout: Layout
    pages: Pages
    scale: int

    @property
    def is_one_page(self) -> bool:
        return self.pages.count == 1 and not self.columns.divided


def plan(sheet: Sheet) -> Print:
    """The best way to print ``sheet``: on one page if it is legible, else on few pages, of which none is lonely."""
    usual = _Trial(sheet, _SCALE)
    if usual.share <= 1:
        return usual.on_one_page()
    if usual.share <= _HOPELESS:
        smaller = (_Trial(sheet, scale) for scale in _FITTED)
        fitting = next((trial for trial in smaller if trial.share <= 1), None)
        if fitting:
            return fitting.on_one_page()
    return _on_few_pages(sheet, usual)


def _on_few_pages(sheet: Sheet, usual: _Trial) -> Print:
    """At the usual scale, unless one that is a little smaller saves a page that would be nearly empty."""
    planned = usual.on_pages()
    if planned.pages.last_height > usual.room * _SHORT_END * (planned.pages.count - 1):
        return planned
    smaller = (_Trial(sheet, scale).on_pages() for scale in _SAVING)
    return next((less for less in smaller if less.pages.count < planned.pages.count), planned)


class _Trial:
    """The sheet laid out for one scale."""

    def __init__(self, sheet: Sheet, scale: int) -> None:
        self.sheet = sheet
        portrait = sheet.orientation is Orientation.PORTRAIT
        width, height = (_SHORT, _LONG) if portrait else (_LONG, _SHORT)
        self._width = (width - 2 * MARGIN_SIDE * _INCH) * _SURE
        self._height = height - (MARGIN_TOP + MARGIN_BOTTOM) * _INCH
        self.columns = columns_of(sheet, self._characters(scale), self._characters(_LEAST))
        self.scale = min(scale, int(100 * self._width / (self.columns.printed * BODY_SIZE)))

    def _characters(self, scale: int) -> float:
        """The characters in one line of the page."""
        return self._width / (BODY_SIZE * scale / 100)

    @cached_property
    def captions(self) -> list[Caption]:
        return captions(self.sheet, self.columns)

    @cached_property
    def caption_heights(self) -> list[float]:
        return caption_heights(self.captions, self.columns.widths)

    @cached_property
    def layout(self) -> Layout:
        widths = self.columns.widths
        return with_notes(lay_out(self.sheet, widths), self.sheet, widths, self.columns.blocks[0])

    @property
    def room(self) -> float:
        """The height of a page for the grid, in points before scaling."""
        return self._height * _SURE / self.scale * 100 - sum(self.caption_heights)

    @property
    def share(self) -> float:
        """The height of the sheet in pages. One page is fitted by whoever prints it, so that it may be full."""
        height = sum(self.caption_heights) + sum(self.layout.heights)
        return (
            height * self.scale / 100 / (self._height if not self.columns.divided else self._height * _SURE)
        )

    def on_one_page(self) -> Print:
        return self._print(undivided(self.layout))

    def on_pages(self) -> Print:
        return self._print(paginate(self.sheet, self.layout, self.columns.widths, self.room))

    def _print(self, pages: Pages) -> Print:
        return Print(
            self.sheet, self.columns, self.captions, self.caption_heights, self.layout, pages, self.scale
        )
