import pytest

from budgets.domain.choices import Fund, Use
from tests.budgets.tables.known import amounts, grid, known, report, spent, table


def test_only_the_tables_own_fund():
    assert grid(table(known(), "T08")) == [
        ["科目编码", "科目名称", "本年支出", "<", "<"],
        ["<", "<", "合计", "基本支出", "项目支出"],
        ["212", "城乡社区支出", "16.00", "0.00", "16.00"],
        ["21208", "国有土地使用权出让收入安排的支出", "16.00", "0.00", "16.00"],
        ["2120801", "征地和拆迁补偿支出", "16.00", "0.00", "16.00"],
        ["合计", "<", "16.00", "0.00", "16.00"],
    ]


@pytest.mark.parametrize(("key", "fund"), [("T08", "政府性基金预算"), ("T09", "国有资本经营预算")])
def test_each_empty_table_names_its_own_fund(key, fund):
    sheet = table(report(), key)
    assert grid(sheet)[2:] == [["合计", "<", "0.00", "0.00", "0.00"]]
    assert sheet.notes == (f"本部门2023年没有使用{fund}财政拨款安排的支出。",)


def test_other_uses_of_the_fund_get_columns():
    dossier = report(
        expenditure=[
            spent("10000", "223", "", Fund.STATE_CAPITAL, Use.REMITTED),
            spent("20000", "223", "", Fund.STATE_CAPITAL, Use.UNSPECIFIED),
        ]
    )
    assert amounts(table(dossier, "T09"), "total") == {
        "total": "3.00",
        "basic": "0.00",
        "project": "0.00",
        "other": "1.00",
        "unspecified": "2.00",
    }
