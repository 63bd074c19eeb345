import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.money import Unit
from budgets.domain.sheets import Cell, HeaderTree, Region, Role, Row, Sheet, merge_equal, positions


def sheet(*rows: Row | Region, width: int, head: tuple[Row, ...] = ()) -> Sheet:
    return Sheet(
        table="T",
        number="表1",
        title="表",
        name="表",
        department="单位",
        unit=Unit.WAN,
        widths=(1.0,) * width,
        head=head,
        body=rows,
    )


def row(*cells: Cell | str, total: bool = False) -> Row:
    return Row(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells), total=total)


def places(sheet: Sheet) -> list[tuple[int, int, object]]:
    return [(placed.row, placed.column, placed.cell.value) for placed in positions(sheet)]


def covered(sheet: Sheet) -> list[list[object]]:
    """The value that stands at every place, spans filled in."""
    at = {
        (placed.row + i, placed.column + j): placed.cell.value
        for placed in positions(sheet)
        for i in range(placed.cell.rows)
        for j in range(placed.cell.columns)
    }
    height = 1 + max(r for r, _ in at)
    return [[at[r, c] for c in range(len(sheet.widths))] for r in range(height)]


# --- positions ------------------------------------------------------------------------------------


def test_later_rows_leave_out_what_is_covered():
    table = sheet(
        row(Cell("a", rows=2), Cell("b", columns=2)),
        row("c", Cell("d", rows=2)),
        row(Cell("e", columns=2)),
        width=3,
    )
    assert places(table) == [(0, 0, "a"), (0, 1, "b"), (1, 1, "c"), (1, 2, "d"), (2, 0, "e")]


def test_head_and_total_rows_are_known():
    table = sheet(row("a"), row("合计", total=True), width=1, head=(row("h"),))
    assert [(p.in_head, p.total) for p in positions(table)] == [(True, False), (False, False), (False, True)]


def test_rows_of_a_region_are_among_the_rows():
    table = sheet(row("a"), Region("lines", (row("b"), row("c")), head=(row("h"),)), row("d"), width=1)
    assert [value for _, _, value in places(table)] == ["a", "h", "b", "c", "d"]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([row("a", "b", "c")], "does not fit"),
        ([row(Cell("a", columns=3))], "does not fit"),
        ([row("a", Cell("b", rows=2)), row(Cell("c", columns=2))], "does not fit"),
        ([row("a")], "leaves columns empty"),
        ([row(), row("a", "b")], "leaves columns empty"),
    ],
)
def test_spans_that_collide_overrun_or_leave_gaps_are_refused(rows, complaint):
    with pytest.raises(ValueError, match=complaint):
        list(positions(sheet(*rows, width=2)))


def test_keyed_cells_are_found_by_key():
    table = sheet(row("a", Cell("1", Role.AMOUNT, key="T/r/c")), width=2)
    assert list(table.cells) == ["T/r/c"]


# --- merging --------------------------------------------------------------------------------------

grids = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(["", None, "甲", "乙"]), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@given(grids, st.integers(0, 3))
def test_merging_preserves_what_stands_where(values, columns):
    width = len(values[0])
    rows = [Row(tuple(Cell(value) for value in line)) for line in values]
    merged = merge_equal(rows, min(columns, width))
    assert covered(sheet(*merged, width=width)) == values


@given(grids)
def test_a_span_never_crosses_a_border_to_its_left(values):
    width = len(values[0])
    merged = merge_equal([Row(tuple(Cell(value) for value in line)) for line in values], width)
    spans = {(p.row, p.column): p.cell.rows for p in positions(sheet(*merged, width=width))}
    for (top, column), height in spans.items():
        for left in range(column):
            assert not any((inner, left) in spans for inner in range(top + 1, top + height))


def test_equal_neighbours_merge_from_the_left():
    rows = [
        row("产出", "数量", "甲"),
        row("产出", "数量", "甲"),
        row("产出", "质量", "甲"),
        row("效益", "质量", "甲"),
    ]
    assert [[(cell.value, cell.rows) for cell in line.cells] for line in merge_equal(rows, 2)] == [
        [("产出", 3), ("数量", 2), ("甲", 1)],
        [("甲", 1)],
        [("质量", 1), ("甲", 1)],
        [("效益", 1), ("质量", 1), ("甲", 1)],
    ]


@pytest.mark.parametrize("empty", ["", None])
def test_empty_cells_are_not_merged(empty):
    merged = merge_equal([Row((Cell(empty), Cell("a"))), Row((Cell(empty), Cell("b")))], 1)
    assert [len(line.cells) for line in merged] == [2, 2]


def test_nothing_merges_to_nothing():
    assert merge_equal([], 2) == []


# --- headers --------------------------------------------------------------------------------------


def test_a_header_tree_is_as_many_rows_as_it_is_deep():
    head = HeaderTree([("收入", ["项目", ("金额", ["预算数", "决算数"])]), "合计"]).rows()
    assert [[(c.value, c.rows, c.columns, c.scope) for c in line.cells] for line in head] == [
        [("收入", 1, 3, "colgroup"), ("合计", 3, 1, "col")],
        [("项目", 2, 1, "col"), ("金额", 1, 2, "colgroup")],
        [("预算数", 1, 1, "col"), ("决算数", 1, 1, "col")],
    ]
    assert {cell.role for line in head for cell in line.cells} == {Role.HEADER}


nodes = st.recursive(
    st.sampled_from("甲乙丙"),
    lambda inner: st.tuples(st.sampled_from("丁戊"), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def leaves(node: str | tuple) -> int:
    return sum(leaves(child) for child in node[1]) if isinstance(node, tuple) else 1


@given(st.lists(nodes, min_size=1, max_size=4))
def test_a_header_tree_covers_its_columns_without_gap(tree):
    width = sum(leaves(node) for node in tree)
    table = sheet(width=width, head=HeaderTree(tree).rows())
    assert len(covered(table)) == len(table.head)
