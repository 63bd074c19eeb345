"""Differences and three-way merges of exchange JSON."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.compare import MISSING, Change, Conflict, changes, merge

fields = st.dictionaries(st.sampled_from(["name", "text", "amount"]), st.sampled_from(["a", "b", "c"]))


@st.composite
def contents(draw):
    keys = draw(st.lists(st.sampled_from("klmn"), unique=True))
    return {"rows": [{"key": key} | draw(fields) for key in keys]} | draw(fields)


def test_no_difference_is_no_change():
    assert changes({"rows": [{"key": "a"}]}, {"rows": [{"key": "a"}]}) == []


def test_changes_name_rows_by_their_identity_and_not_by_place():
    old = {"rows": [{"key": "a", "n": 1}, {"key": "b", "n": 2}]}
    new = {"rows": [{"key": "c", "n": 9}, {"key": "b", "n": 3}]}
    assert changes(old, new) == [
        Change(("rows", "[a]"), "removed", {"key": "a", "n": 1}),
        Change(("rows", "[b]", "n"), "changed", 2, 3),
        Change(("rows", "[c]"), "added", None, {"key": "c", "n": 9}),
    ]


def test_another_order_is_one_change():
    old = {"rows": [{"key": "a"}, {"key": "b"}]}
    assert [c.kind for c in changes(old, {"rows": [{"key": "b"}, {"key": "a"}]})] == ["moved"]


def test_rows_without_a_key_are_matched_by_figure_category_or_year():
    old = {"posts": [{"category": "labour", "filled": 1}]}
    new = {"posts": [{"category": "labour", "filled": 2}]}
    assert changes(old, new) == [Change(("posts", "[labour]", "filled"), "changed", 1, 2)]


def test_different_fields_of_one_row_merge():
    base = {"rows": [{"key": "a", "x": 1, "y": 1}]}
    merged = merge(base, {"rows": [{"key": "a", "x": 2, "y": 1}]}, {"rows": [{"key": "a", "x": 1, "y": 2}]})
    assert merged.result == {"rows": [{"key": "a", "x": 2, "y": 2}]}
    assert merged.conflicts == ()


def test_the_same_field_changed_twice_is_a_conflict_and_keeps_mine():
    merged = merge({"name": "a"}, {"name": "b"}, {"name": "c"})
    assert merged.result == {"name": "b"}
    assert merged.conflicts == (Conflict(("name",), "a", "b", "c"),)


def test_rows_added_on_both_sides_are_both_kept_behind_what_they_followed():
    base = {"rows": [{"key": "a"}, {"key": "b"}]}
    mine = {"rows": [{"key": "a"}, {"key": "m"}, {"key": "b"}]}
    theirs = {"rows": [{"key": "a"}, {"key": "b"}, {"key": "t"}]}
    assert [row["key"] for row in merge(base, mine, theirs).result["rows"]] == ["a", "m", "b", "t"]


def test_a_row_deleted_here_and_changed_there_is_a_conflict_and_is_not_lost():
    base = {"rows": [{"key": "a", "n": 1}]}
    merged = merge(base, {"rows": []}, {"rows": [{"key": "a", "n": 2}]})
    assert merged.result == {"rows": [{"key": "a", "n": 2}]}
    assert len(merged.conflicts) == 1


def test_a_row_deleted_here_and_untouched_there_goes():
    base = {"rows": [{"key": "a"}, {"key": "b"}]}
    assert merge(base, {"rows": [{"key": "b"}]}, base).result == {"rows": [{"key": "b"}]}


def test_a_list_that_was_not_there_merges_with_one_that_is():
    merged = merge({}, {"rows": [{"key": "a"}]}, {"rows": [{"key": "b"}]})
    assert {row["key"] for row in merged.result["rows"]} == {"a", "b"}


@given(contents(), contents())
def test_only_one_side_changed_means_that_side_wins(base, mine):
    assert not changes(merge(base, mine, base).result, mine)
    assert not changes(merge(base, base, mine).result, mine)


@given(contents(), contents(), contents())
def test_a_conflict_is_where_both_sides_differ_from_the_base_and_each_other(base, mine, theirs):
    for conflict in merge(base, mine, theirs).conflicts:
        assert conflict.mine != conflict.theirs
        assert conflict.base != conflict.mine or conflict.base != conflict.theirs


@given(contents(), contents(), contents())
def test_no_row_that_either_side_added_or_changed_is_lost(base, mine, theirs):
    result = {row["key"] for row in merge(base, mine, theirs).result.get("rows", [])}
    before = {row["key"]: row for row in base["rows"]}
    for side in (mine, theirs):
        for row in side["rows"]:
            if row != before.get(row["key"]):
                assert row["key"] in result


def test_missing_never_leaks_into_a_result():
    assert MISSING not in merge({"a": 1}, {}, {"a": 1, "b": 2}).result.values()
