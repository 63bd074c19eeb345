"""Rows of sub-tables, with no script at all."""

import re
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.address import Address
from budgets.domain.money import Unit
from budgets.domain.profile import get_profile
from budgets.domain.types import KEY
from budgets.forms.base import FormProblem
from budgets.forms.entered import Posted
from budgets.forms.procurement import ProcurementRow
from budgets.forms.rows import EXTRA, LIMIT, RowForms

PROFILE = get_profile("dongxihu_2023")
STORED = [
    {"key": "a", "name": "电脑", "kind": "goods", "quantity": "2", "amount": "25000.00"},
    {"key": "b", "name": "审计", "kind": "services", "amount": "50000.00"},
]


@pytest.fixture
def editing():
    return SimpleNamespace(
        unit=Unit.WAN, editable=True, profile=PROFILE, is_final=False, year=2023, fields={}
    )


def rows(editing, data=None, stored=STORED):
    return RowForms(ProcurementRow, stored, None if data is None else Posted(data), editing)


def post(*given: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for index, row in enumerate(given):
        for name, value in row.items():
            data[f"procurement-{row.get('index', index)}-{name}"] = value
    return data


def names(found) -> list[str]:
    return [row["name"] for row in found.content()]


def row(key: str, name: str, **more: str) -> dict[str, str]:
    return {"key": key, "name": name, "kind": "goods", "quantity": "", "amount": "1", **more}


def test_blank_rows_wait_at_the_end_with_keys_of_their_own(editing):
    shown = rows(editing)
    assert [r.key for r in shown.rows[:2]] == ["a", "b"]
    blank = shown.rows[2:]
    assert len(blank) == EXTRA
    assert all(re.fullmatch(KEY, r.key) for r in blank)
    assert len({r.key for r in blank}) == EXTRA
    assert shown.content() == STORED


def test_rows_keep_the_order_in_which_they_were_posted(editing):
    data = post(row("b", "乙"), row("new", "丙"), row("a", "甲"))
    found = rows(editing, data)
    assert found.ok()
    assert [(r["key"], r["name"]) for r in found.content()] == [("b", "乙"), ("new", "丙"), ("a", "甲")]


def test_blank_and_deleted_rows_are_dropped_whatever_else_is_in_them(editing):
    data = post(
        row("a", "甲"),
        row("b", "乙", DELETE="on", amount="nonsense"),
        {"key": "n", "name": " ", "kind": "works", "amount": "", "fund": "other"},
    )
    found = rows(editing, data)
    assert found.ok()
    assert names(found) == ["甲"]


def test_a_row_in_which_something_was_chosen_that_cannot_be_is_no_blank_one(editing):
    found = rows(editing, post(row("a", "甲"), {"key": "n", "name": "", "kind": "货车", "amount": ""}))
    assert not found.ok()
    kept = found.rows[1]
    assert "“货车”不在列表中，请从列表中选择：货物、工程、服务" in kept.cell("kind")
    assert '<option value="货车" selected>货车</option>' in kept.cell("kind")


def test_an_emptied_row_is_deleted(editing):
    data = post({"key": "a", "name": "", "kind": "goods", "quantity": "", "amount": ""}, row("b", "乙"))
    assert names(rows(editing, data)) == ["乙"]


def test_what_is_not_posted_is_not_changed(editing):
    assert rows(editing, QueryDict("x=1")).content() == STORED
    found = rows(editing, post({"key": "a", "name": "新名"}))
    assert found.ok()
    assert found.content() == [{**STORED[0], "name": "新名"}]


def test_a_repeated_or_impossible_key_gets_a_new_one(editing):
    data = post(row("a", "甲"), row("a", "乙"), row("../x", "丙"))
    keys = [r["key"] for r in rows(editing, data).content()]
    assert keys[0] == "a"
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(KEY, key) for key in keys)


def test_errors_stand_at_their_control(editing):
    found = rows(editing, post(row("a", "甲", amount="-3")))
    assert not found.ok()
    assert list(found.problems()) == [
        FormProblem(Address("procurement", "a", "amount"), "金额（第 1 行）", "金额不能为负数")
    ]
    cell = found.rows[0].cell("amount")
    assert 'aria-invalid="true"' in cell
    assert 'aria-describedby="f-procurement-a-amount-error help-procurement-amount"' in cell
    assert 'value="-3"' in cell
    assert 'id="f-procurement-a-amount-error">✕ 金额不能为负数' in cell


def test_too_many_rows_are_refused_and_kept_on_the_page(editing):
    data = post(*(row(f"k{i}", "甲") for i in range(LIMIT + 1)))
    found = rows(editing, data)
    assert not found.ok()
    assert [problem.message for problem in found.problems()] == [
        f"最多 {LIMIT} 行，现有 {LIMIT + 1} 行，请删减"
    ]
    assert len(found.rows) == LIMIT + 1 + EXTRA


def test_sums_count_what_can_be_read(editing):
    assert rows(editing).total() == 75000
    data = post(
        row("a", "甲", amount="2"), row("b", "乙", amount="x"), row("c", "丙", amount="9", DELETE="on")
    )
    assert rows(editing, data).total() == 20000


def test_typed_text_is_never_markup(editing):
    evil = '"><script>alert(1)</script>'
    shown = rows(editing, post(row("a", evil, quantity=evil, amount=evil)))
    for name in ("name", "quantity", "amount"):
        assert "<script" not in shown.rows[0].cell(name)
    stored = rows(editing, None, [{"key": "a", "name": "</textarea><script>"}])
    assert "<script" not in stored.rows[0].cell("name")


# --- row commands ---------------------------------------------------------------------------------


def after(editing, command: str, data: QueryDict):
    changed = rows(editing, data).command(command, data)
    assert changed is not None
    return rows(editing, changed)


def test_a_row_is_duplicated_below_itself_with_a_new_key(editing):
    data = post(row("a", "甲", amount="7"), row("b", "乙"))
    found = after(editing, "procurement-0-duplicate", data)
    assert found.ok()
    assert names(found) == ["甲", "甲", "乙"]
    assert len({r["key"] for r in found.content()}) == 3
    assert found.rows[1].key != "a"


@pytest.mark.parametrize(
    ("command", "order"),
    [
        ("procurement-0-down", ["乙", "甲", "丙"]),
        ("procurement-2-up", ["甲", "丙", "乙"]),
        ("procurement-0-up", ["甲", "乙", "丙"]),
        ("procurement-2-down", ["甲", "乙", "丙"]),
    ],
)
def test_rows_move(editing, command, order):
    data = post(row("a", "甲"), row("b", "乙"), row("c", "丙"))
    found = after(editing, command, data)
    assert found.ok()
    assert names(found) == order


def test_a_deleted_row_stays_on_the_page_and_can_be_restored(editing):
    data = post(row("a", "甲"), row("b", "乙"))
    deleted = rows(editing, data).command("procurement-0-delete", data)
    shown = rows(editing, deleted)
    assert shown.rows[0].deleted
    assert "甲" in shown.rows[0].cell("name")
    assert 'value="procurement-0-restore"' in shown.rows[0].buttons
    assert "delete" not in shown.rows[0].buttons
    assert names(after(editing, "procurement-0-restore", deleted)) == ["甲", "乙"]


def test_added_rows_are_blank_and_hold_the_focus(editing):
    data = post(
        row("a", "甲"), *({"key": f"n{i}", "name": "", "amount": "", "kind": "goods"} for i in range(2))
    )
    found = after(editing, "procurement-add", data)
    assert len(found.rows) == 4
    assert "autofocus" in found.rows[3].cell("name")
    assert sum("autofocus" in r.cell("name") for r in found.rows) == 1
    assert names(found) == ["甲"]


def test_commands_of_other_rows_and_unknown_ones_are_left_alone(editing):
    data = post(row("a", "甲"))
    for command in ("activities-add", "procurement-0-explode", "procurement--1-up", "", "x"):
        assert rows(editing, data).command(command, data) is None
    assert rows(editing, data).command("procurement-99-delete", data) == data


controls = st.one_of(
    st.sampled_from(
        ["key", "name", "kind", "amount", "fund", "DELETE", "quantity", "service_category", "zz"]
    ),
    st.text(max_size=5),
)
indexes = st.one_of(st.integers(0, 4).map(str), st.sampled_from(["-1", "999999", "1000000", "a", ""]))
keys = st.builds("{}-{}-{}".format, st.sampled_from(["procurement", "x"]), indexes, controls)
values = st.one_of(
    st.text(max_size=8), st.sampled_from(["goods", "general", "1", "-1", "on", "a", "\x00", "9" * 40])
)


@given(
    st.lists(st.tuples(keys, values), max_size=25),
    st.sampled_from(["add", "0-up", "1-delete", "2-duplicate"]),
)
def test_whatever_is_posted_is_read_without_failing(pairs, command):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    editing = SimpleNamespace(
        unit=Unit.WAN, editable=True, profile=PROFILE, is_final=False, year=2023, fields={}
    )
    found = rows(editing, data)
    if found.ok():
        assert len(found.content()) <= max(len(data), len(STORED))
    assert all(problem.message for problem in found.problems())
    changed = found.command(f"procurement-{command}", data)
    shown = rows(editing, changed)
    assert all(cell is not None for r in shown.rows for _, cell in r.column_cells)
