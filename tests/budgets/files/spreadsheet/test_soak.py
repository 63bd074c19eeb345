"""Thousands of difficult files: each is read or refused in words, and none takes long."""

from __future__ import annotations

import os
import random
import time

import pytest

from budgets.files.spreadsheet import Book, SpreadsheetRefused, read

from .packages import package, sheet, text_cell

SCALE = float(os.environ.get("SCALE", "0"))
FILES = 3000
SECONDS = 10
PIECES = (
    *("<c>", "</c>", "<v>", "</v>", "<f>", "</f>", "<is>", "</is>", "<t>", "</t>", "<r>", "<row>", "</row>"),
    *(
        '<row r="7">',
        '<c r="C3">',
        '<c t="s">',
        '<c t="e">',
        '<c t="b">',
        '<c t="d">',
        '<c s="2">',
        "<rPh>",
        "</rPh>",
    ),
    *(
        "<!-- -->",
        "<![CDATA[x]]>",
        "&amp;",
        "&#x20;",
        "&bad;",
        "1",
        "-2.5e3",
        "2024-03-05",
        "甲",
        "\u200b",
        " ",
        "\n",
    ),
    *(
        "</sheetData>",
        "<mergeCells>",
        '<mergeCell ref="A1:XFD9"/>',
        "<cols>",
        '<col min="1" max="9" hidden="1"/>',
    ),
)
CODES = (
    "0%",
    "yyyy",
    "[h]:mm",
    '0"人"',
    "#,##0.00",
    "General",
    "[",
    '"',
    ";;;",
    "0.0,",
    "[>1]0;0",
    "@",
    "m/d",
    "# ?/?",
)


def written(draw: random.Random) -> bytes:
    rows = [_row(draw, n) for n in range(draw.randrange(12))]
    for _ in range(draw.choice((0, 0, 1, 3))):
        rows.insert(draw.randrange(len(rows) + 1), "".join(draw.choices(PIECES, k=draw.randrange(9))))
    formats = ["".join(draw.choices(CODES, k=draw.choice((1, 1, 2)))) for _ in range(4)]
    return _spoilt(draw, package(sheet("".join(rows)), formats=formats, texts="<si><t>甲</t></si>" * 3))


def _row(draw: random.Random, number: int) -> str:
    cells = []
    for _ in range(draw.randrange(6)):
        number_or_date = draw.choice((draw.random(), draw.randrange(60_000), -draw.random() * 1e6, 1e300, 0))
        cells.append(
            draw.choice(
                (
                    f'<c s="{draw.randrange(6)}"><v>{number_or_date}</v></c>',
                    f'<c t="s"><v>{draw.randrange(4)}</v></c>',
                    '<c t="e"><v>#N/A</v></c>',
                    f"<c><f>A{number}</f></c>",
                    text_cell("A1", draw.choice(("项目\u200b", "1,200", "_x000D_", "=1"))).replace(
                        ' r="A1"', ""
                    ),
                    "".join(draw.choices(PIECES, k=3)) if draw.random() < 0.1 else "<c/>",
                )
            )
        )
    hidden = draw.choice(("", "", ' hidden="1"', ' ht="0"'))
    return f"<row{hidden}>{''.join(cells)}</row>"


def _spoilt(draw: random.Random, content: bytes) -> bytes:
    """The file, some of them with wrong bytes or cut off."""
    how = draw.randrange(10)
    if how == 0:
        return content[: draw.randrange(len(content))]
    if how == 1:
        wrong = bytearray(content)
        for _ in range(draw.randrange(1, 9)):
            wrong[draw.randrange(len(wrong))] = draw.randrange(256)
        return bytes(wrong)
    return content


@pytest.mark.soak
def test_difficult_spreadsheets_are_read_or_refused() -> None:
    seed = random.randrange(10**9)
    read_, refused = 0, 0
    for number in range(round(FILES * SCALE)):
        draw = random.Random(seed + number)
        content = written(draw)
        begun = time.process_time()
        try:
            assert isinstance(read(content), Book)
            read_ += 1
        except SpreadsheetRefused as error:
            assert error.message
            refused += 1
        except Exception as error:
            raise AssertionError(f"seed {seed + number}") from error
        assert time.process_time() - begun < SECONDS, f"seed {seed + number}"
    assert read_ and refused
