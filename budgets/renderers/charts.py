"""A chart as a picture: described once in Vega-Lite, drawn as SVG for pages and pdf, as a bitmap for docx.

Pure: the same chart gives the same bytes. Colours differ in lightness and every mark carries its amount, so that a
print in black and white tells the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import vl_convert

from ..narrative.document import Chart, Mark, Shape, Value
from .layout import text_width

FONTS = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
"""The first one that the reader's machine has; the first draws the bitmap."""

WIDTH = 480
"""Pixels, of every chart."""
SCALE = 3
"""Pixels of the bitmap for one of the picture: 230 an inch at the width of a page."""

_VERSION = "5.21"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_INK, _QUIET, _HAIRLINE = "#1d2329", "#59636e", "#d5dade"
_COLOURS = ("#b8cbdc", "#1f5f99")
"""Last year's and this year's: light and dark."""
_PLOT_HEIGHT = 190
_MARGIN, _HEAD, _FOOT = 8, 54, 30
"""Around the plot; above columns stand unit and years, below them labels."""
_FONT = 13
_BAR = 34
"""The height of a bar with its gap."""
_LABEL = 10.0
"""The width at which the label of a bar is wrapped, in CJK characters."""
_MOST_LINES = 2
"""A longer label is cut: the table behind the picture has it whole."""
_ROOM = 1.75
"""The longest bar leaves this much room for what stands behind it."""

_GROUPS = {"paddingInner": 0.3, "paddingOuter": 0.3}
_COLUMNS = {"paddingInner": 0.35, "paddingOuter": 0.2}

_SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
"""What the drawing says to those who hear it, in English. `Chart.alternative` says it in Chinese."""

Json = dict[str, Any]


def svg(chart: Chart) -> str:
    return _svg(json.dumps(description(chart), ensure_ascii=False, sort_keys=True))


def png(chart: Chart) -> bytes:
    """The bitmap of the same drawing, `SCALE` times as large."""
    return _png(svg(chart))


@lru_cache(maxsize=256)
def _svg(description: str) -> str:
    drawn: str = vl_convert.vegalite_to_svg(json.loads(description), vl_version=_VERSION)
    return _SPOKEN.sub("", drawn)


@lru_cache(maxsize=64)
def _png(drawn: str) -> bytes:
    bitmap: bytes = vl_convert.svg_to_png(drawn, scale=SCALE)
    return bitmap


def description(chart: Chart) -> Json:
    """The chart in Vega-Lite 5."""
    drawn = _columns(chart) if chart.shape is Shape.COLUMNS else _bars(chart)
    return {
        "$schema": _SCHEMA,
        "autosize": "none",  # fitting would measure every text once more, which is most of the work
        "data": {"values": list(_data(chart))},
        "config": _CONFIG,
        **drawn,
    }


_CONFIG: Json = {
    "font": FONTS,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _INK,
        "labelFontSize": _FONT,
        "labelLimit": 0,
        "domainColor": _QUIET,
        "ticks": False,
        "grid": False,
        "title": None,
    },
    "legend": {
        "labelFontSize": _FONT,
        "labelColor": _INK,
        "title": None,
        "orient": "top",
        "symbolType": "square",
    },
    "text": {"fontSize": _FONT, "fill": _INK},
}


def _data(chart: Chart) -> Iterator[Json]:
    """A row for each amount. Its place stands before the label, so that equal labels are different marks."""
    for place, mark in enumerate(chart.marks):
        for series, amount in zip(chart.series, mark.amounts, strict=True):
            if amount is not None:
                yield {
                    "label": f"{place}|{_wrapped(mark.label)}",
                    "series": series,
                    "amount": float(amount.amount or 0),
                    "said": _said(chart, mark, amount),
                }


def _said(chart: Chart, mark: Mark, amount: Value) -> str:
    """The amount as the text has it; a column's without the unit, which stands once."""
    if chart.shape is Shape.COLUMNS:
        return amount.text.removesuffix(chart.unit.label)
    return f"{amount.text}（{mark.share.text}）" if mark.share else amount.text


def _wrapped(label: str) -> str:
    lines, line = [], ""
    for character in label:
        if line and text_width(line + character) > _LABEL:
            lines.append(line)
            line = ""
        line += character
    lines.append(line)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]
    return "\n".join(lines)


_WITHOUT_PLACE = "split(slice(datum.label, indexof(datum.label, '|') + 1), '\\n')"


_RAISED = {"condition": {"test": "indexof(datum.label, '\\n') > 0", "value": -7}, "value": 0}
"""A label of two lines stands beside its bar, not below."""


def _label_axis(**more: object) -> Json:
    return {"field": "label", "type": "nominal", "sort": None, "axis": {"labelExpr": _WITHOUT_PLACE, **more}}


def _columns(chart: Chart) -> Json:
    colours = _COLOURS[-len(chart.series) :]
    by_series: Json = {"field": "series", "type": "nominal", "sort": None}
    amount = {"field": "amount", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    legend = {} if len(chart.series) > 1 else {"legend": None}
    return {
        "width": WIDTH - 2 * _MARGIN,
        "height": _PLOT_HEIGHT,
        "padding": {"left": _MARGIN, "right": _MARGIN, "top": _HEAD, "bottom": _FOOT},
        "title": {
            "text": f"单位：{chart.unit.label}",
            "aria": False,
            "anchor": "end",
            "fontSize": 12,
            "fontWeight": "normal",
            "color": _QUIET,
        },
        "encoding": {
            "x": {**_label_axis(labelAngle=0, labelPadding=8), "scale": _GROUPS},
            "xOffset": {**by_series, "scale": _COLUMNS},
            "y": amount,
        },
        "layer": [
            {
                "mark": {"type": "bar", "aria": False, "stroke": _COLOURS[1], "strokeWidth": 0.8},
                "encoding": {
                    "color": {
                        **by_series,
                        "scale": {"domain": [*chart.series], "range": [*colours]},
                        **legend,
                    }
                },
            },
            {
                "mark": {"type": "text", "aria": False, "dy": {"expr": "datum.amount < 0 ? 12 : -9"}},
                "encoding": {
                    "text": {"field": "said"},
                    "xOffset": {**by_series, "scale": _COLUMNS, "bandPosition": 0.5},
                },
            },
        ],
    }


def _bars(chart: Chart) -> Json:
    amounts = [float(amount.amount or 0) for mark in chart.marks for amount in mark.amounts if amount]
    least, most = min(0.0, *amounts, 0.0), max(0.0, *amounts, 0.0)
    reach = (most - least) or 1.0
    scale = {"domain": [least, least + reach * _ROOM], "nice": False}
    labels = max(text_width(line) for mark in chart.marks for line in _wrapped(mark.label).split("\n"))
    beside = round(labels * _FONT) + 2 * _MARGIN
    return {
        "width": WIDTH - beside - _MARGIN,
        "height": _BAR * len(chart.marks),
        "padding": {"left": beside, "right": _MARGIN, "top": _MARGIN, "bottom": _MARGIN},
        "encoding": {
            "y": _label_axis(labelPadding=8, labelLineHeight=15, labelOffset=_RAISED),
            "x": {"field": "amount", "type": "quantitative", "axis": None, "scale": scale},
        },
        "layer": [
            {"mark": {"type": "bar", "aria": False, "height": {"band": 0.62}, "color": _COLOURS[1]}},
            {
                "mark": {"type": "text", "aria": False, "align": "left", "dx": 6},
                "encoding": {
                    "text": {"field": "said"},
                    "x": {"field": "end", "type": "quantitative"},
                },
                "transform": [{"calculate": "max(datum.amount, 0)", "as": "end"}],
            },
        ],
    }
