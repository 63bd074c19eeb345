"""A range from the clipboard, read into cells and placed by column."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.money import Unit
from budgets.forms.fields import AmountField, ChosenField, CountField, NameField
from budgets.forms.pasted_range import PastedRange
from budgets.forms.pasting import (
    MOST_MERGED,
    Merged,
    PasteRefused,
    choice_of,
    find_header,
    in_unit,
    is_blank,
    parse_merged,
    parse_rows,
    posted,
)

TITLES = {"name": "品名", "kind": "采购类别", "quantity": "数量", "amount": "金额（万元）"}


def filled_rows(text: str) -> list[list[str]]:
    return [row for row in parse_rows(text) if not is_blank(row)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ('12" 显示器\t3', [['12" 显示器', "3"]]),
        ('"12"" 显示器"\t3', [['12" 显示器', "3"]]),
        ('"两行\r\n说明"\t1', [["两行\n说明", "1"]]),
        ('"有\t制表符"\t1', [["有\t制表符", "1"]]),
        ('"引号"后面还有字\t1', [['"引号"后面还有字', "1"]]),
        ('"没有关上\t1', [['"没有关上', "1"]]),
        ("1,250.50\t１２", [["1,250.50", "１２"]]),
        ("a\t\t\n\t\t\n\nb", [["a", "", ""], ["b"]]),
        ("", []),
        ("\n\n", []),
        ('""', []),
    ],
)
def test_what_excel_and_wps_put_on_the_clipboard(text, cells):
    assert filled_rows(text) == cells


def as_copied(rows: list[list[str]]) -> str:
    """As Excel copies: a cell in quotes where it must be."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


cells = st.text(st.characters(exclude_characters="\r", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=6))
def test_every_range_comes_back_as_it_was_copied(rows):
    assert filled_rows(as_copied(rows)) == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    for row in filled_rows(text):
        assert any(cell.strip() for cell in row)


def names_and_rest(cells, titles, **options):
    header = find_header(cells, titles, **options)
    return list(header.names), cells[header.end :]


WORDS = [*TITLES.values(), "甲", "", "3", "单价", "单位：万元", "序号"]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=5), max_size=4))
def test_a_header_takes_a_row_or_two_below_a_few_lines_or_none(rows):
    try:
        header = find_header(rows, TITLES)
    except PasteRefused:
        return
    assert header.rows in ((1, 2) if header.names else (0,))
    assert header.end <= len(rows)
    assert set(header.names) <= {*TITLES, ""}
    assert set(header.unknown) <= {at for at, name in enumerate(header.names) if not name}


@pytest.mark.parametrize(
    ("first", "named"),
    [
        (["金额", "品名"], ["amount", "name"]),
        (["品名", "序号", "数量"], ["name", "", "quantity"]),
        (["品名", "", "数量"], ["name", "", "quantity"]),
        (["品名", "单价", "规格", "数量"], ["name", "", "", "quantity"]),
        (["品名", "单价", "规格", "产地", "数量"], []),
        (["采购类别", "金额(元)"], ["kind", "amount"]),
        (["品\u200b名", "金\ufeff额"], ["name", "amount"]),
        (["电脑", "3"], []),
        (["数量", "数量"], []),
        (["品名"], ["name"]),
        (["预算金额（元）"], ["amount"]),
        (["金额", ""], ["amount", ""]),
        (["价格"], []),
        (["政府采购"], []),
    ],
)
def test_a_header_is_known_by_its_titles(first, named):
    assert names_and_rest([first, ["x"]], TITLES)[0] == named


def test_headings_that_no_column_has_are_known_by_their_place():
    header = find_header([["序号", "品名", "单价", "数量"], ["1", "白板", "2", "3"]], TITLES)
    assert (header.unknown, set(header.numbering)) == ({2: "单价"}, {0})


def test_a_heading_that_names_a_column_twice_is_refused():
    with pytest.raises(PasteRefused, match="“金额”和“采购预算”都是“金额（万元）”一栏，请只留一列"):
        find_header([["品名", "金额", "采购预算"], ["白板", "2", "3"]], TITLES)


@pytest.mark.parametrize(
    "lines",
    [
        [["单位：万元"]],
        [["", "", "单位：千元"]],
        [["采购明细表"]],
        [["采购明细表"], ["填报单位：甲", "", "单位：万元"]],
        [["采购明细表", "单位：元"]],
        [["编制单位：甲", "日期：2025年1月1日"]],
    ],
)
def test_lines_above_a_heading_are_not_rows(lines):
    cells = [*lines, ["品名", "数量", "金额"], ["白板", "2", "1"]]
    header = find_header(cells, TITLES)
    assert (header.above, header.rows, list(header.names)) == (len(lines), 1, ["name", "quantity", "amount"])


def test_rows_of_data_above_a_heading_make_it_none():
    cells = [["白板", "2", "1"], ["品名", "数量", "金额"], ["黑板", "2", "1"]]
    assert names_and_rest(cells, TITLES) == ([], cells)
    single = [["说明一"], ["品名"], ["说明二"]]
    assert names_and_rest(single, {"name": "品名"}) == ([], single)


def test_a_line_with_the_unit_needs_no_heading():
    header = find_header([["单位：元"], ["白板", "2", "1"]], TITLES)
    assert (header.above, header.rows, list(header.names)) == (1, 0, [])


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ([["数量"]], ()),
        ([["数量"], ["1", "2"]], ()),
        ([["数量"], ["", "2"]], ()),
        ([["数量"], ["2"]], ("数量", "质量")),
    ],
)
def test_a_name_alone_heads_nothing_without_rows_beside_other_columns_or_where_it_is_a_value(cells, values):
    assert names_and_rest(cells, TITLES, values=values) == ([], cells)


INDICATORS = {
    "name": "三级指标",
    "before_last": "前年指标值",
    "last": "上年指标值",
    "value": "指标值",
    "basis": "指标值确定依据",
}


def test_a_heading_over_two_rows_names_the_columns_below_it():
    cells = [
        ["三级指标", "指标值", "", "", "指标值确定依据"],
        ["", "前年", "2022年", "预计当年实现", ""],
        ["走访", "1", "2", "≥3", "计划数据"],
    ]
    assert names_and_rest(cells, INDICATORS, year=2023) == ([*INDICATORS], cells[2:])
    assert names_and_rest([cells[0], cells[2]], INDICATORS)[1] == [cells[2]]


def test_a_heading_over_two_rows_may_name_columns_that_the_table_has_not():
    titles = {name: INDICATORS[name] for name in ("name", "value", "basis")}
    cells = [
        ["三级指标", "指标值", "", "", "指标值确定依据"],
        ["", "前年", "上年", "预计当年实现", ""],
        ["走访", "1", "2", "≥3", "计划数据"],
    ]
    header = find_header(cells, titles)
    assert (list(header.names), header.rows) == (["name", "", "", "value", "basis"], 2)
    assert list(header.unknown) == [1, 2]


def test_a_row_of_data_below_a_heading_is_not_its_second_row():
    cells = [
        ["三级指标", "指标值", "", "指标值确定依据"],
        ["走访", "前年", "", "依据"],
        ["走访", "1", "", "计划"],
    ]
    assert find_header(cells, INDICATORS).rows == 1


@pytest.mark.parametrize(
    ("said", "merged"),
    [
        ("0:0:5,0:1:3", [Merged(0, 0, 5), Merged(0, 1, 3)]),
        ("", []),
        ("0:0:5,", []),
        ("0:0", []),
        ("-1:0:5", []),
        ("a:b:c", []),
        ("0:0:99999999", []),
        ("０:0:5", []),
        (",".join(["0:0:2"] * (MOST_MERGED + 1)), []),
    ],
)
def test_merged_cells_are_named_strictly(said, merged):
    assert parse_merged(said) == merged


FUNDS = [
    ("general", "一般公共预算财政拨款"),
    ("gov", "政府性基金预算财政拨款"),
    ("superior", "上级补助收入"),
    ("other", "其他收入"),
]
KINDS = [("", "—"), ("goods", "货物"), ("works", "工程"), ("biz", "事业收入"), ("own", "事业单位经营收入")]


@pytest.mark.parametrize(
    ("said", "choices", "value"),
    [
        ("general", FUNDS, "general"),
        ("一般公共预算财政拨款", FUNDS, "general"),
        (" 一般 公共预算​", FUNDS, "general"),
        ("一般公共预算拨款", FUNDS, "general"),
        ("一般公共预算拨款收入", FUNDS, "general"),
        ("01-一般公共预算", FUNDS, "general"),
        ("政府性基金拨款", FUNDS, "gov"),
        ("（１）其他", FUNDS, "other"),
        ("三、上级补助", FUNDS, "superior"),
        ("Ａ 货物", KINDS, "goods"),
        ("货物类", KINDS, "goods"),
        ("—", KINDS, ""),
        ("事业", KINDS, None),
        ("货", KINDS, None),
        ("拨款", FUNDS, None),
        ("一般公共预算结转", FUNDS, None),
        ("服务", KINDS, None),
    ],
)
def test_a_choice_is_known_where_only_one_can_be_meant(said, choices, value):
    assert choice_of(said, choices) == value


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        ("120,000", "12.00"),
        ("0.01", "0.000001"),
        ("", ""),
        ("0.001", "0.001元"),
        ("十二", "十二元"),
        ("12万", "12万"),
    ],
)
def test_an_amount_below_a_heading_that_says_another_unit_is_the_same_money(cell, typed):
    assert in_unit(cell, Unit.YUAN, Unit.WAN) == typed
    assert in_unit(cell, Unit.WAN, Unit.WAN) == cell


@pytest.mark.parametrize(
    ("cell", "typed"),
    [("-", "-"), ("(1,200.00)", "-0.12"), ("¥1,200.00", "0.12"), ("-¥1,200", "-0.12"), ("1 200.00", "0.12")],
)
def test_amounts_as_sheets_show_them_are_converted_too(cell, typed):
    assert in_unit(cell, Unit.YUAN, Unit.WAN) == typed


AMOUNT, COUNT, CHOICE = (
    AmountField(),
    CountField(),
    ChosenField([("a", "甲类项目"), ("b", "乙类项目")], label="采购类别"),
)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        *(
            (field, text, "")
            for field in (AMOUNT, COUNT)
            for text in ("-", "—", "－", "–", "/", "无", " ¥ -   ")
        ),
        (AMOUNT, "（1,200.00）", "-1,200.00"),
        (AMOUNT, " 1-2 ", "1-2"),
        (AMOUNT, "0", "0"),
        (NameField(), "-", "-"),
        (NameField(), "(1)", "(1)"),
        (CHOICE, "甲\u200b类", "a"),
        (CHOICE, "丙", "丙"),
    ],
)
def test_what_a_cell_posts(field, cell, value):
    assert posted(field, cell) == value


TYPES = [("a", "常年性项目"), ("b", "特定目标类项目"), ("c", "持续性项目"), ("d", "一次性项目")]


@pytest.mark.parametrize(
    ("said", "value"),
    [("特定目标类", "b"), ("持续性", "c"), ("持续性项目", "c"), ("一次性", "d"), ("性项目", None)],
)
def test_a_category_may_be_written_short(said, value):
    assert choice_of(said, TYPES) == value


LONG = 300_000
LONG_TEXTS = {
    "lines": "a\n" * LONG,
    "quotes": '"' * LONG,
    "open quotes": '"a\n""\n' * (LONG // 4),
    "words of headings": f"{'支出' * LONG}\t{'名称' * LONG}",
    "numbering": f"{'一' * LONG}\t{'一' * LONG}\n品名\t金额\n1\t2",
    "neutral words": f"白板\t{'项目' * LONG}x",
    "units": f"{'单位' * LONG}元\n品名\t金额\n1\t2",
    "sums": f"品名\t金额\n{'合计' * LONG}\t1",
    "blanks": f"品名\t金额\n白板\t{' ' * LONG}x",
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_long_pastes_take_little_time(text):
    fields = {"name": NameField(label="品名"), "kind": CHOICE, "amount": AmountField(label="金额")}
    began = time.perf_counter()
    try:
        pasted = PastedRange(text, fields, list(fields), "", 2025)
        rows = pasted.read()[0] if len(pasted.below) < 1000 else []
    except PasteRefused:
        rows = []
    for row in rows:
        for name, cell in pasted.by_field(row).items():
            posted(fields[name], cell)
    assert time.perf_counter() - began < 8


@given(
    st.lists(
        st.lists(
            st.sampled_from([*WORDS, "合计", "其中：甲", "(1)", "-", "注：甲", "金额（元）"]), max_size=5
        ),
        max_size=6,
    )
)
def test_any_range_is_read_or_refused_with_words(rows):
    fields = {"name": NameField(label="品名"), "kind": CHOICE, "amount": AmountField(label="金额")}
    try:
        pasted = PastedRange(as_copied(rows), fields, list(fields), "", 2025)
        found, notes = pasted.read()
    except PasteRefused as refused:
        assert str(refused)
        return
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    said = sum(note.startswith("第") and "行" in note for note in notes)
    assert len(found) + said + len(pasted.heading) == filled
