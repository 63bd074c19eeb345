"""Differences and three-way merges of exchange JSON."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.changes.merge import MISSING, Change, Conflict, changes, merge

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


# --- the order of rows ----------------------------------------------------------------------------


def rows(text, **changed):
    """A row for each letter of ``text``; those named in ``changed`` with another value."""
    return {"rows": [{"key": key, "n": changed.get(key, 0)} for key in text]}


def order(merged):
    return "".join(row["key"] for row in merged.result["rows"])


@st.composite
def changed_in_place(draw, base):
    """``base`` with rows changed, taken away and put in; those that stay, in their order."""
    kept = [row | draw(fields) for row in base["rows"] if draw(st.booleans())]
    for key in draw(st.lists(st.sampled_from("wxyz"), unique=True)):
        kept.insert(draw(st.integers(0, len(kept))), {"key": key} | draw(fields))
    return base | draw(fields) | {"rows": kept}


@st.composite
def one_reorders_one_changes(draw):
    """(base, the same with its rows in another order, the same changed in place)."""
    base = draw(contents())
    return base, base | {"rows": draw(st.permutations(base["rows"]))}, draw(changed_in_place(base))


@given(one_reorders_one_changes(), st.booleans())
def test_a_pure_reorder_survives_what_the_other_changes_adds_and_takes_away(sides, is_mine):
    base, moved, changed = sides
    merged = merge(base, moved, changed) if is_mine else merge(base, changed, moved)
    assert (merged.conflicts, merged.moved) == ((), ())
    result = [row["key"] for row in merged.result["rows"]]
    left = {row["key"]: row for row in changed["rows"]}
    assert [key for key in result if key in base_keys(base)] == [
        row["key"] for row in moved["rows"] if row["key"] in left
    ]
    assert {row["key"]: row for row in merged.result["rows"]} == left


def base_keys(content):
    return {row["key"] for row in content["rows"]}


@given(contents(), contents())
def test_merging_with_a_side_that_changed_nothing_gives_the_other_exactly(base, side):
    for merged in (merge(base, side, base), merge(base, base, side)):
        assert merged.result == side
        assert (merged.conflicts, merged.moved) == ((), ())


@given(contents(), contents(), contents())
def test_no_row_comes_twice_and_none_is_lost_that_neither_took_away(base, mine, theirs):
    result = [row["key"] for row in merge(base, mine, theirs).result["rows"]]
    assert len(result) == len(set(result))
    assert base_keys(mine) & base_keys(theirs) <= set(result)
    assert (base_keys(mine) | base_keys(theirs)) - base_keys(base) <= set(result)


@given(contents(), contents(), contents())
def test_where_both_moved_rows_mine_stand_as_i_put_them(base, mine, theirs):
    merged = merge(base, mine, theirs)
    result = [row["key"] for row in merged.result["rows"]]
    if merged.moved:
        assert merged.moved == (("rows",),)
        assert [key for key in result if key in base_keys(mine)] == [
            row["key"] for row in mine["rows"] if row["key"] in result
        ]


def test_rows_moved_on_one_side_stay_moved_over_a_field_of_the_other():
    base, theirs = rows("abc"), rows("cab")
    merged = merge(base, rows("abc", b=1), theirs)
    assert merged.result == rows("cab", b=1)
    assert merged.moved == ()
    assert merge(base, theirs, rows("abc", b=1)).result == rows("cab", b=1)


def test_rows_moved_on_both_sides_stand_as_mine_and_that_is_told():
    merged = merge(rows("abc"), rows("bac"), rows("cab"))
    assert (order(merged), merged.moved, merged.conflicts) == ("bac", (("rows",),), ())


def test_rows_moved_alike_on_both_sides_are_no_disagreement():
    merged = merge(rows("abc"), rows("cab", a=1), rows("cab", b=1))
    assert (merged.result, merged.moved) == (rows("cab", a=1, b=1), ())


def test_a_row_added_here_stands_where_it_was_put_among_rows_that_the_other_moved():
    assert order(merge(rows("abc"), rows("abxc"), rows("cba"))) == "cbxa"
    assert order(merge(rows("abc"), rows("xabc"), rows("cba"))) == "xcba"


def test_a_moved_row_that_the_other_took_away_moves_nothing():
    merged = merge(rows("abc"), rows("ab"), rows("cab"))
    assert (order(merged), merged.moved) == ("ab", ())


def test_rows_within_rows_are_ordered_the_same_way():
    def nested(text, **changed):
        return {"activities": [{"key": "a", "lines": rows(text, **changed)["rows"]}]}

    merged = merge(nested("abc"), nested("abc", a=1), nested("bca"))
    assert merged.result == nested("bca", a=1)
    assert merge(nested("abc"), nested("acb"), nested("bca")).moved == (("activities", "[a]", "lines"),)


def test_missing_never_leaks_into_a_result():
    assert MISSING not in merge({"a": 1}, {}, {"a": 1, "b": 2}).result.values()
