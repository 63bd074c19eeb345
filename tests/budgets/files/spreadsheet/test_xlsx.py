"""Packages as several programs write them, and hostile ones."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.files.spreadsheet import Cell, Failed, Sheet, Shown, SpreadsheetRefused, Uncomputed, read

from .packages import MAIN, PADDING, STRICT, STRICT_RELATIONS, package, sheet, text_cell


def one(content: bytes) -> Sheet:
    (found,) = read(content).sheets
    return found


def cells(rows: str, **options: object) -> list[list[Cell]]:
    return one(package(sheet(rows), **options)).rows  # type: ignore[arg-type]


def refused(content: bytes) -> str:
    with pytest.raises(SpreadsheetRefused) as error:
        read(content)
    return error.value.message


KINDS = (
    '<row r="1"><c r="A1"><v>1.5</v></c><c r="B1" t="n"><v>-3</v></c><c r="C1" t="s"><v>0</v></c>'
    '<c r="D1" t="str"><f>A1&amp;"x"</f><v>a &lt; b</v></c><c r="E1" t="inlineStr"><is><t>甲</t></is></c>'
    '<c r="F1" t="b"><v>1</v></c><c r="G1" t="e"><v>#DIV/0!</v></c><c r="H1" t="d"><v>2024-03-05</v></c>'
    '<c r="I1"><f>1+1</f></c><c r="J1"><f>1+1</f><v></v></c><c r="K1"><f>1+1</f><v>2</v></c>'
    '<c r="L1" t="str"><f>""</f><v></v></c><c r="M1" s="1"><v>0.5</v></c></row>'
)
READ: list[Cell] = [
    *(
        1.5,
        -3,
        "共享",
        "a < b",
        "甲",
        True,
        Failed("#DIV/0!"),
        Shown(datetime.date(2024, 3, 5), "2024-03-05"),
    ),
    *(Uncomputed("1+1"), Uncomputed("1+1"), 2, None, Shown(0.5, "50%")),
]
SHARED = "<si><t>共享</t></si>"


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")


WRITTEN = {
    "as Excel writes": sheet(KINDS),
    "with a prefix": prefixed(sheet(KINDS)),
    "with single quotes": re.sub(r'"(\w+)"', r"'\1'", sheet(KINDS)),
    "with line breaks": sheet(KINDS)
    .replace("<row", "\n  <row")
    .replace("<c ", "\n    <c ")
    .replace("</row", "\n</row"),
    "with line breaks within": sheet(KINDS.replace("<v>", "\n<v>").replace("<f>", "\n<f>")),
    "without places": sheet(re.sub(r' r="\w+"', "", KINDS)),
    "without places of cells": sheet(re.sub(r'<c r="\w+"', "<c", KINDS)),
    "without places of rows": sheet(KINDS.replace('<row r="1"', "<row")),
    "with comments": sheet(KINDS.replace("</c>", "</c><!-- <c r='Z1'/> -->")),
    "with other attributes": sheet(KINDS.replace("<c ", '<c cm="1" ').replace("<row ", '<row spans="1:9" ')),
    "with the kind first": sheet(re.sub(r'(s="1")', r't="n" \1', KINDS)),
    "in UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(KINDS)).encode("utf-16"),
    "with a mark of UTF-8": ("\ufeff" + sheet(KINDS)).encode(),
    "in CDATA": sheet(KINDS.replace("<t>甲</t>", "<t><![CDATA[甲]]></t>")),
    "in entities": sheet(KINDS.replace("甲", "&#30002;")),
    "in hexadecimal entities": sheet(KINDS.replace("甲", "&#x7532;")),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_it_is_the_same_however_it_is_written(way: str) -> None:
    content = package(WRITTEN[way], formats=[9], texts=SHARED)
    assert one(content).rows == [READ]


def test_strict_workbooks_are_read() -> None:
    content = package(
        sheet(KINDS, main=STRICT), formats=[9], texts=SHARED, main=STRICT, relations=STRICT_RELATIONS
    )
    assert one(content).rows == [READ]


@given(
    st.lists(
        st.lists(
            st.none()
            | st.integers(-(10**14), 10**14)
            | st.floats(-1e12, 1e12).filter(lambda number: not number.is_integer())
            | st.text("甲乙<&>\"' \n0aA=", min_size=1, max_size=6).filter(str.strip),
            max_size=5,
        ),
        max_size=5,
    )
)
def test_the_plain_and_the_parsed_way_agree(rows: list[list[Cell]]) -> None:
    def written(space: str) -> str:
        made = ""
        for n, row in enumerate(rows, 1):
            made += f'<row r="{n}">'
            for at, cell in enumerate(row):
                place = f"{'ABCDE'[at]}{n}"
                if isinstance(cell, str):
                    made += text_cell(place, cell)
                elif cell is not None:
                    made += f'<c r="{place}"><v>{cell!r}</v></c>'
            made += f"{space}</row>"
        return made

    plain, parsed = cells(written("")), cells(written("<!-- -->"))
    assert plain == parsed
    assert [cell for row in plain for cell in row if cell is not None] == [
        cell for row in rows for cell in row if cell is not None
    ]


def test_shared_texts_have_runs_and_no_phonetic_ones() -> None:
    texts = (
        '<si><r><rPr><b/></rPr><t>项目</t></r><r><t xml:space="preserve"> 一</t></r><rPh sb="0" eb="2"><t>xiang</t></rPh></si>'
        '<si><t/></si><si><t>  </t></si><si><t>二</t><phoneticPr fontId="1"/></si>'
    )
    row = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(4))
    assert cells(f"<row>{row}</row>", texts=texts) == [["项目 一", None, None, "二"]]


def test_inline_texts_have_runs() -> None:
    rich = '<c t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></is></c>'
    assert cells(f"<row>{rich}</row>") == [["一二"]]


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("1\u200b00", "100"),
        ("\ufeff综合\u200e业务\u00ad", "综合业务"),
        ("甲\u00a0乙", "甲 乙"),
        ("甲_x000D_\n乙", "甲\n乙"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("中\u200d文", "中文"),
        ("\u200b\u00a0", None),
    ],
)
def test_texts_are_as_they_are_seen(stored: str, seen: str | None) -> None:
    assert cells(f"<row>{text_cell('A1', stored)}{text_cell('B1', '尾')}</row>") == [[seen, "尾"]]


def test_rows_and_columns_that_nobody_sees_are_said() -> None:
    before = (
        '<cols><col min="2" max="2" hidden="1"/><col min="3" max="16384" width="0" customWidth="1"/></cols>'
    )
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" ht="0" customHeight="1"><c r="A3"><v>3</v></c></row><row r="4" ht="15"><c r="A4"><v>4</v></c></row>'
        '<row r="9" hidden="true"/>'
    )
    found = one(package(sheet(rows, before)))
    assert found.hidden_rows == {1, 2}
    assert found.hidden_columns == {1, 2, 3}


def test_hidden_sheets_are_said() -> None:
    content = package(*[sheet("")] * 3, states={1: "hidden", 2: "veryHidden"})
    assert [found.is_hidden for found in read(content).sheets] == [False, True, True]


def test_no_two_sheets_have_the_same_name() -> None:
    content = package(*[sheet("")] * 4, names=["一", "一\u200b", "", ""])
    assert [found.name for found in read(content).sheets] == ["一", "一（2）", "工作表", "工作表（2）"]


def test_empty_cells_with_a_style_are_no_cells() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576" s="1"><c r="A1048576" s="1"/></row>'
    assert cells(rows, formats=[9]) == [[1]]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ('<row r="20003"><c r="A20003"><v>1</v></c></row>', "页1!A20003"),
        ('<row r="1"><c r="GS1" t="inlineStr"><is><t>x</t></is></c></row>', "页1!GS1"),
        ('<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>', "页1!XFD1048576"),
    ],
)
def test_a_value_beyond_the_limits_is_named(row: str, place: str) -> None:
    assert place in refused(package(sheet(row)))


def test_the_last_cell_within_the_limits_is_read() -> None:
    (*_, last) = cells('<row r="20002"><c r="GR20002"><v>1</v></c></row>')
    assert (len(last), last[-1]) == (200, 1)


def test_merged_cells_are_those_with_values_around_them() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    )
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    found = one(package(sheet(rows, after=after)))
    assert found.merged == {
        (0, 1): (0, 0),
        (1, 0): (0, 0),
        (1, 1): (0, 0),
        (2, 1): (2, 0),
        (2, 2): (2, 0),
    }


def test_a_thing_that_is_no_number_is_a_text() -> None:
    found = "".join(f"<c><v>{said}</v></c>" for said in ("nan", "inf", "1_0", "0x1", "1e999", "１"))
    assert cells(f"<row>{found}</row>") == [["nan", "inf", "1_0", "0x1", "1e999", "１"]]


# --- hostile files --------------------------------------------------------------------------------

DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE = {
    "an entity in a sheet": package(DOCTYPE + sheet("<row><c><v>&b;</v></c></row>")),
    "an entity in the texts": package(
        sheet("<row/>"),
        more={"xl/sharedStrings.xml": f'{DOCTYPE}<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'},
    ),
    "an entity in the styles": package(
        sheet(""), more={"xl/styles.xml": f'{DOCTYPE}<styleSheet xmlns="{MAIN}"/>'}
    ),
    "an unknown entity": package(sheet("<row><c><v>&nbsp;</v></c></row>")),
    "a character that XML has not": package(sheet('<row><c t="str"><v>&#0;</v></c></row>')),
    "elements that are not closed": package(sheet("<row><c><v>1</v></row>")),
    "a sheet that ends early": package(sheet("<row><c><v>1</v></c></row>")[:-30]),
    "what follows a sheet": package(sheet("") + "<x/>"),
    "a row before the first": package(sheet('<row r="0"><c r="A0"><v>1</v></c></row>')),
    "a row far beyond the last": package(sheet('<row r="99999999"><c><v>1</v></c></row>')),
    "a column beyond the last": package(sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')),
    "a cell of another row": package(sheet('<row r="1"><c r="A2"><v>1</v></c></row>')),
    "a place that is none": package(sheet('<row r="1"><c r="1A"><v>1</v></c></row>')),
    "a shared text that is not there": package(sheet('<row><c t="s"><v>7</v></c></row>')),
    "a shared text of no number": package(sheet('<row><c t="s"><v>x</v></c></row>')),
    "a sheet that is not there": package(sheet(""), more={"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
    "a workbook of rubbish": package(sheet(""), more={"xl/workbook.xml": "rubbish"}),
    "another encoding": package(b'<?xml version="1.0" encoding="x-unknown"?>' + sheet("").encode()),
    "bytes that are no text": package(
        sheet("<row><c><v>1</v></c></row>").encode().replace(b"1</v>", b"\xff</v>")
    ),
    "too many sheets": package(*[sheet("")] * 1001),
    "too many cells": package(
        sheet("".join(f'<row r="{n}"><c r="GR{n}"><v>1</v></c></row>' for n in range(1, 12_000)))
    ),
    "too many characters": package(
        sheet("<row>" + '<c t="s"><v>0</v></c>' * 150 + "</row>"),
        sheet(("<row>" + '<c t="s"><v>0</v></c>' * 150 + "</row>") * 10),
        texts=f"<si><t>{'长' * 32_000}</t></si>",
    ),
    "too many merges": package(
        sheet(
            "".join(f"<row>{'<c><v>1</v></c>' * 200}</row>" for _ in range(1500)),
            after="<mergeCells>"
            + "".join(f'<mergeCell ref="A{n}:GR{n}"/>' for n in range(1, 1500))
            + "</mergeCells>",
        )
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_words(name: str) -> None:
    assert re.search(r"[一-龥]", refused(HOSTILE[name]))


TAKEN = {
    "a merge bomb": package(
        sheet(
            "<row><c><v>1</v></c><c><v>1</v></c></row>" * 3,
            after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 50_000 + "</mergeCells>",
        ),
        more=PADDING,
    ),
    "a hundred thousand ranges of columns": package(
        sheet(
            "<row><c><v>1</v></c></row>",
            "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>",
        ),
        more=PADDING,
    ),
    "styled cells to the last column": package(
        sheet(
            "".join(
                f'<row r="{n}"><c r="A{n}"><v>1</v></c>' + f'<c r="XFD{n}" s="1"/>' * 20 + "</row>"
                for n in range(1, 5000)
            )
        ),
        formats=[9],
    ),
    "a dimension that lies": package(sheet("<row><c><v>1</v></c></row>", '<dimension ref="A1:XFD1048576"/>')),
    "an attribute of a megabyte": package(
        sheet(f'<row x="{"x" * 10**6}"><c><v>1</v></c></row>'), more=PADDING
    ),
    "elements a thousand deep": package(
        sheet("<row><c><v>1</v></c></row>", after="<x>" * 1000 + "</x>" * 1000)
    ),
    "a merge of nothing": package(
        sheet(
            "<row><c><v>1</v></c></row>",
            after='<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="?"/></mergeCells>',
        )
    ),
    "a format of a megabyte": package(
        sheet('<row><c s="1"><v>1</v></c></row>'), formats=["0" * 10**6], more=PADDING
    ),
    "brackets without end": package(sheet('<row><c s="1"><v>1</v></c></row>'), formats=["[" * 250]),
}


@pytest.mark.parametrize("name", TAKEN)
def test_hostile_files_are_read_in_bounded_time(name: str) -> None:
    begun = time.process_time()
    assert one(TAKEN[name]).rows[0][0] is not None
    assert time.process_time() - begun < 5


def test_text_that_looks_like_markup_stays_text() -> None:
    said = "</sheetData><row r='9'>"
    assert cells(f"<row>{text_cell('A1', said)}</row>") == [[said]]
