from budgets.domain.choices import Flow, Fund
from tests.budgets.tables.known import amounts, grid, known, received, report, spent, table


def test_three_funds_on_both_sides():
    assert grid(table(known(), "T04")) == [
        ["收入", "<", "支出", "<", "<", "<", "<"],
        ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
        ["一、本年收入", "120.00", "一、本年支出", "117.50", "101.50", "16.00", "0.00"],
        ["（一）一般公共预算财政拨款", "100.00", "（一）一般公共服务支出", "91.50", "91.50", "0.00", "0.00"],
        ["（二）政府性基金预算财政拨款", "20.00", "（二）社会保障和就业支出", "8.00", "8.00", "0.00", "0.00"],
        ["（三）国有资本经营预算财政拨款", "0.00", "（三）城乡社区支出", "16.00", "0.00", "16.00", "0.00"],
        ["二、上年结转", "4.00", "（四）住房保障支出", "2.00", "2.00", "0.00", "0.00"],
        ["（一）一般公共预算财政拨款", "3.00", "二、结转下年", "6.50", "1.50", "5.00", "0.00"],
        ["（二）政府性基金预算财政拨款", "1.00", "", "", "", "", ""],
        ["（三）国有资本经营预算财政拨款", "0.00", "", "", "", "", ""],
        ["收入总计", "124.00", "支出总计", "124.00", "103.00", "21.00", "0.00"],
    ]


def test_money_of_no_fiscal_fund_stays_out():
    dossier = report(
        income=[received("10000", Fund.OTHER)], expenditure=[spent("10000", "201", "", Fund.OTHER)]
    )
    sheet = table(dossier, "T04")
    assert {cell.value for cell in sheet.cells.values()} == {0}
    assert sheet.notes == ("本部门2023年没有财政拨款收入和支出。",)


def test_a_fund_overspent_is_carried_forward_negative():
    dossier = report(expenditure=[spent("10000", "2010350", "30101")])
    assert amounts(table(dossier, "T04"), "closing")["general"] == "-1.00"


def test_unusual_flows_get_rows_so_that_both_totals_agree():
    dossier = report(income=[received("20000", flow=Flow.RESERVES), received("5000", flow=Flow.ALLOCATION)])
    sheet = table(dossier, "T04")
    assert amounts(sheet, "reserves") == {"income": "2.00"}
    assert amounts(sheet, "allocation")["general"] == "0.50"
    assert amounts(sheet, "total")["income"] == amounts(sheet, "total")["total"] == "2.00"


def test_a_short_list_of_classes_gets_rows_for_the_money_outside_it():
    sheet = table(known(), "T04", classes=["212"])
    assert [row[2] for row in grid(sheet)[3:7]] == [
        "（一）城乡社区支出",
        "（二）一般公共服务支出",
        "（三）社会保障和就业支出",
        "（四）住房保障支出",
    ]
