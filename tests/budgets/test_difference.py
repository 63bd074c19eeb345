"""Two revisions compared cell by cell."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from budgets.difference import CellChange, difference
from budgets.facts import Expenditure, Identity
from budgets.profiles import build_tables
from budgets.sheets import Value
from tests.examples import dossier, operating, project
from tests.strategies import dossiers


@settings(max_examples=10)
@given(dossiers())
def test_nothing_differs_from_itself(report):
    assert difference(build_tables(report), build_tables(report)) == []


@settings(max_examples=10)
@given(dossiers(), dossiers())
def test_every_difference_is_one_of_the_cells(old, new):
    before = {key: cell for sheet in build_tables(old) for key, cell in sheet.cells.items()}
    after = {key: cell for sheet in build_tables(new) for key, cell in sheet.cells.items()}
    changes = difference(build_tables(old), build_tables(new))
    changed = {change.key for change in changes}
    assert len(changed) == len(changes)
    for key in before.keys() ^ after.keys():
        assert key in changed
    for key in before.keys() & after.keys():
        assert (key in changed) == (written(before[key].value) != written(after[key].value))


def written(value: Value) -> str:
    return "" if value is None else str(value)


def test_a_changed_amount_is_named_by_row_and_column():
    old = dossier(project())
    lines = old.part(Expenditure).lines
    more = (replace(lines[0], amount=Decimal("410000")), lines[1])
    new = replace(old, parts={**old.parts, Expenditure: Expenditure(lines=more)})
    changes = {change.key: change for change in difference(build_tables(old), build_tables(new))}
    assert changes["T03/2010350/basic"] == CellChange(
        "T03/2010350/basic", "表3 2023年部门支出总表", changes["T03/2010350/basic"].label, "48.00", "49.00"
    )
    assert changes["T03/2010350/basic"].label == "事业运行·基本支出"


def test_a_project_that_is_gone_or_new_has_no_value_on_the_other_side():
    old, new = dossier(project()), dossier(operating())
    changes = {change.key: change for change in difference(build_tables(old), build_tables(new))}
    assert (changes["T10/zhyw/total"].old, changes["T10/zhyw/total"].new) == ("39.00", None)
    assert (changes["T10/xcx/total"].old, changes["T10/xcx/total"].new) == (None, "2.50")


def test_a_changed_name_is_a_difference():
    old = dossier(project())
    new = dossier(
        project(identity=Identity(name="综合服务", code="112001-3", start_year=2023, end_year=2023))
    )
    values = [(change.old, change.new) for change in difference(build_tables(old), build_tables(new))]
    assert ("综合业务", "综合服务") in values
