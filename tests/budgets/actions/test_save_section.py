"""Saving sections: versions, merges, conflicts; nothing typed is lost, nothing half-written."""

import pytest

from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.projects import add, remove, reorder
from budgets.actions.save_section import Attempt, Conflict, Joined, current_number, save_section
from budgets.domain.choices import Status
from budgets.models import LineItem, SectionVersion
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.factories import make_report, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def report(world):
    return make_report(world)


def content(report, key):
    report.refresh_from_db()
    dossier = load_dossier(report)
    return find_section(dossier, key).content(dossier)


def line(key, amount, **more):
    return {"key": key, "fund": "general", "amount": amount, **more}


def income(*lines):
    return {"income": {"lines": list(lines)}}


def test_a_save_writes_rows_and_appends_a_version(world, report):
    saved = save_section(report.pk, world.preparer, "income", 0, income(line("a", "100.00")))
    assert (saved.number, saved.merged) == (1, False)
    assert LineItem.objects.get().amount == 100
    assert [v.number for v in SectionVersion.objects.all()] == [0, 1]
    report.refresh_from_db()
    assert report.changes == saved.changes == 1


def test_saving_what_is_there_already_changes_nothing(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "100.00")))
    again = save_section(report.pk, world.preparer, "income", 1, income(line("a", "100.00")))
    assert again.number == 1
    report.refresh_from_db()
    assert report.changes == 1


def test_different_rows_of_two_people_are_merged(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00"), line("b", "2.00")))
    save_section(report.pk, world.preparer, "income", 1, income(line("a", "5.00"), line("b", "2.00")))
    saved = save_section(
        report.pk, world.submitter, "income", 1, income(line("a", "1.00"), line("b", "7.00"))
    )
    assert saved.merged
    assert {row.key: str(row.amount) for row in LineItem.objects.all()} == {"a": "5.00", "b": "7.00"}


def test_rows_that_one_put_into_another_order_stay_so_over_a_save_of_the_other(world, report):
    a, b, c = (line(key, "1.00") for key in "abc")
    save_section(report.pk, world.preparer, "income", 0, income(a, b, c))
    save_section(report.pk, world.preparer, "income", 1, income(c, a, b))
    saved = save_section(report.pk, world.submitter, "income", 1, income(a, line("b", "7.00"), c))
    assert saved.joined == Joined(others=True)
    assert [row["key"] for row in content(report, "income")["income"]["lines"]] == ["c", "a", "b"]
    assert LineItem.objects.get(key="b").amount == 7


def test_rows_that_both_put_into_another_order_stand_as_the_saver_put_them_and_that_is_told(world, report):
    a, b, c = (line(key, "1.00") for key in "abc")
    save_section(report.pk, world.preparer, "income", 0, income(a, b, c))
    save_section(report.pk, world.preparer, "income", 1, income(c, a, b))
    saved = save_section(report.pk, world.submitter, "income", 1, income(b, a, c))
    assert saved.joined == Joined(others=True, moved=True)
    assert [row["key"] for row in content(report, "income")["income"]["lines"]] == ["b", "a", "c"]


def test_whose_changes_a_save_was_merged_with_is_told(world, report):
    a, b, c = (line(key, "1.00") for key in "abc")
    save_section(report.pk, world.preparer, "income", 0, income(a, b, c))
    own = save_section(report.pk, world.preparer, "income", 0, income(line("d", "1.00")))
    assert own.joined == Joined(own=True)
    other = save_section(report.pk, world.submitter, "income", 1, income(a, b, line("c", "3.00")))
    assert other.joined == Joined(others=True)
    both = save_section(report.pk, world.submitter, "income", 1, income(line("a", "2.00"), b, c))
    assert both.joined == Joined(others=True, own=True)


def test_ones_own_other_window_is_called_so_where_it_changed_the_same(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")))
    save_section(report.pk, world.preparer, "income", 1, income(line("a", "5.00")))
    with pytest.raises(Conflict, match="您的另一窗口在") as caught:
        save_section(report.pk, world.preparer, "income", 1, income(line("a", "7.00")))
    assert caught.value.is_own


def test_the_same_field_of_two_people_is_shown_and_not_written(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")))
    save_section(report.pk, world.preparer, "income", 1, income(line("a", "5.00")))
    with pytest.raises(Conflict) as caught:
        save_section(report.pk, world.submitter, "income", 1, income(line("a", "7.00")))
    conflict = caught.value
    assert LineItem.objects.get().amount == 5
    assert conflict.conflicts[0].path == ("income", "lines", "[a]", "amount")
    assert (conflict.conflicts[0].mine, conflict.conflicts[0].theirs) == ("7.00", "5.00")
    assert conflict.who == "preparer"
    saved = save_section(report.pk, world.submitter, "income", conflict.number, conflict.merged)
    assert LineItem.objects.get().amount == 7
    assert saved.number == 3


def test_what_was_there_before_the_first_save_can_be_the_base_of_a_merge(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")))
    save_section(report.pk, world.submitter, "income", 0, income(line("b", "2.00")))
    assert LineItem.objects.count() == 2


def test_a_version_that_never_was_is_refused(world, report):
    with pytest.raises(Stale):
        save_section(report.pk, world.preparer, "income", 9, income(line("a", "1.00")))


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.RETURNED, Status.CORRECTING}))
def test_a_report_that_is_not_the_departments_turn_cannot_be_saved(world, status):
    report = make_report(world, status)
    with pytest.raises(Stale):
        save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")))
    assert not LineItem.objects.exists()


def test_other_people_cannot_save(world, report):
    for user in (world.sister_preparer, world.reviewer, world.administrator, world.foreign_reviewer):
        with pytest.raises(Forbidden):
            save_section(report.pk, user, "income", 0, income(line("a", "1.00")))


def test_a_subject_outside_the_edition_is_refused_whole(world, report):
    lines = income(line("a", "1.00"), line("b", "1.00", function="9999999"))
    with pytest.raises(ActionRefused, match="9999999"):
        save_section(report.pk, world.preparer, "income", 0, lines)
    assert not LineItem.objects.exists()


def test_a_key_of_another_section_is_refused_and_that_row_stays(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")))
    stolen = {"expenditure": {"lines": [line("a", "9.00")]}}
    with pytest.raises(ActionRefused, match="已被使用"):
        save_section(report.pk, world.preparer, "expenditure", 0, stolen)
    assert LineItem.objects.get().amount == 1


def test_a_repeated_key_is_refused(world, report):
    with pytest.raises(ActionRefused, match="重复"):
        save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00"), line("a", "2.00")))


def test_expenditure_of_a_project_is_entered_in_the_project_only(world, report):
    with pytest.raises(ActionRefused, match="项目"):
        save_section(
            report.pk,
            world.preparer,
            "expenditure",
            0,
            {"expenditure": {"lines": [line("a", "1.00", use="project")]}},
        )


def test_an_unknown_section_is_refused(world, report):
    with pytest.raises(Stale):
        save_section(report.pk, world.preparer, "project:none", 0, {})


def test_projects_are_added_edited_reordered_and_removed_with_their_last_content_kept(world, report):
    first = add(report.pk, world.preparer, {"name": "综合业务"})
    second = add(report.pk, world.preparer, {"name": "宣传"})
    key = f"project:{first}"
    edited = content(report, key) | {
        "activities": {
            "activities": [
                {"key": "x", "name": "法律援助", "lines": [line("l", "50000.00", economic="30227")]}
            ]
        }
    }
    save_section(report.pk, world.preparer, key, 0, edited)
    reorder(report.pk, world.preparer, [second, first])
    assert [p.key for p in load_dossier(report).projects] == [second, first]
    remove(report.pk, world.preparer, first)
    assert not LineItem.objects.exists()
    last = report.versions.filter(section=key).latest("number")
    assert last.content["activities"]["activities"][0]["name"] == "法律援助"
    with pytest.raises(Stale, match="已被删除"):
        save_section(report.pk, world.preparer, key, 1, edited)


def test_two_projects_cannot_have_one_name(world, report):
    add(report.pk, world.preparer, {"name": "综合业务"})
    with pytest.raises(ActionRefused, match="综合业务"):
        add(report.pk, world.preparer, {"name": "综合业务"})


def test_an_order_that_misses_a_project_is_refused(world, report):
    key = add(report.pk, world.preparer, {"name": "综合业务"})
    add(report.pk, world.preparer, {"name": "宣传"})
    with pytest.raises(Stale):
        reorder(report.pk, world.preparer, [key])


def test_the_number_of_a_section_never_saved_is_nought(report):
    assert current_number(report, "income") == 0


def test_a_line_outlives_the_activity_that_it_is_taken_out_of(world, report):
    key = add(report.pk, world.preparer, {"name": "信息化运维", "category": "specific"})
    section = f"project:{key}"

    def save(base, *activities):
        given = content(report, section)
        given["activities"] = {"activities": list(activities)}
        return save_section(report.pk, world.preparer, section, base, given).number

    first, second = line("l1", "1.00", economic="30227"), line("l2", "2.00", economic="30227")
    number = save(0, {"key": "a", "name": "甲", "lines": [first, second]})
    save(number, {"key": "b", "name": "乙", "lines": [first | {"amount": "3.00"}]})
    row = LineItem.objects.get()
    assert (row.key, row.activity.key, str(row.amount)) == ("l1", "b", "3.00")


def test_a_try_whose_answer_was_lost_is_what_the_next_one_builds_on(world, report):
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")), Attempt("first"))
    saved = save_section(
        report.pk, world.preparer, "income", 0, income(line("a", "2.00")), Attempt("second", ["first"])
    )
    assert (saved.number, saved.merged) == (2, False)
    again = save_section(
        report.pk,
        world.preparer,
        "income",
        0,
        income(line("a", "3.00")),
        Attempt("third", ["first", "second"]),
    )
    assert again.number == 3


def test_a_lost_try_that_was_merged_is_not_built_on(world, report):
    """It has what the page has never seen: building on it would take that away."""
    save_section(report.pk, world.submitter, "income", 0, income(line("b", "5.00")))
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")), Attempt("first"))
    saved = save_section(
        report.pk,
        world.preparer,
        "income",
        0,
        income(line("a", "1.00"), line("c", "2.00")),
        Attempt("second", ["first"]),
    )
    assert {row["key"] for row in saved.content["income"]["lines"]} == {"a", "b", "c"}


def test_anothers_try_is_not_taken_for_ones_own(world, report):
    save_section(report.pk, world.submitter, "income", 0, income(line("a", "1.00")), Attempt("first"))
    with pytest.raises(Conflict):
        save_section(
            report.pk, world.preparer, "income", 0, income(line("a", "2.00")), Attempt("second", ["first"])
        )
