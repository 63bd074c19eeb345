from hypothesis import given

from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.sheets import Orientation
from budgets.tables.cells import narrow
from tests.budgets.tables.known import known, table
from tests.strategies import filters, ledgers


@given(ledgers(), filters, filters)
def test_narrowing_matches_what_both_match(ledger, one, other):
    both = narrow(one, other)
    expected = [line for line in ledger if one.matches(line) and other.matches(line)]
    assert expected == ([] if both is None else list(ledger.where(both)))


def test_prefixes_narrow_to_the_longer_one():
    both = narrow(Filter(economic=("301", "303")), Filter(economic=("30101",)))
    assert both == Filter(economic=("30101",))
    assert narrow(Filter(economic=("301",)), Filter(economic=("302",))) is None


def test_a_sheet_says_what_it_is():
    sheet = table(known(), "T03")
    assert (sheet.table, sheet.number, sheet.title, sheet.name, sheet.department) == (
        "T03",
        "表3",
        "2023年部门支出总表",
        "表3 部门支出总表",
        "服务中心",
    )
    assert (sheet.unit, sheet.orientation) == (Unit.WAN, Orientation.LANDSCAPE)


def test_amounts_follow_the_unit_asked_for():
    assert str(table(known(), "T03", Unit.YUAN).cells["T03/total/total"].value) == "1220000.05"
    assert str(table(known(), "T03", Unit.WAN).cells["T03/total/total"].value) == "122.00"
