from budgets.domain.choices import Flow, Fund
from tests.budgets.tables.known import amounts, grid, known, received, report, spent, table


def test_income_stands_beside_expenditure_and_both_totals_agree():
    assert grid(table(known(), "T01")) == [
        ["收入", "<", "支出", "<"],
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算财政拨款", "100.00", "一、一般公共服务支出", "96.00"],
        ["二、政府性基金预算财政拨款", "20.00", "二、社会保障和就业支出", "8.00"],
        ["三、国有资本经营预算财政拨款", "0.00", "三、城乡社区支出", "16.00"],
        ["四、财政专户管理资金", "0.00", "四、住房保障支出", "2.00"],
        ["五、事业收入", "5.00", "", ""],
        ["六、上级补助收入", "0.00", "", ""],
        ["七、附属单位上缴收入", "0.00", "", ""],
        ["八、事业单位经营收入", "0.00", "", ""],
        ["九、其他收入", "0.00", "", ""],
        ["本年收入合计", "125.00", "本年支出合计", "122.00"],
        ["上年结转", "4.10", "结转下年", "7.10"],
        ["收入总计", "129.10", "支出总计", "129.10"],
    ]


def test_keys_name_the_side_of_a_row():
    sheet = table(known(), "T01")
    assert amounts(sheet, "government_fund") == {"income": "20.00"}
    assert amounts(sheet, "212") == {"expenditure": "16.00"}
    assert amounts(sheet, "subtotal") == {"income": "125.00", "expenditure": "122.00"}
    assert amounts(sheet, "total") == {"income": "129.10", "expenditure": "129.10"}


def test_what_is_carried_forward_is_derived_and_has_no_rows_behind_it():
    cell = table(known(), "T01").cells["T01/closing/expenditure"]
    assert (str(cell.value), cell.source) == ("7.10", None)


def test_a_short_list_gets_rows_for_the_money_outside_it():
    sheet = table(known(), "T01", funds=["general"], classes=["201", "221"])
    labels = [row[0] for row in grid(sheet)[2:6]], [row[2] for row in grid(sheet)[2:6]]
    assert labels == (
        ["一、一般公共预算财政拨款", "二、政府性基金预算财政拨款", "三、事业收入", ""],
        ["一、一般公共服务支出", "二、住房保障支出", "三、社会保障和就业支出", "四、城乡社区支出"],
    )


def test_expenditure_without_a_code_is_printed_unspecified():
    sheet = table(report(expenditure=[spent("70000", "", "")]), "T01")
    assert amounts(sheet, "unspecified") == {"expenditure": "7.00"}
    assert [row[2:] for row in grid(sheet)][6] == ["五、未细分", "7.00"]


def test_reserves_and_allocation_have_rows_only_where_there_are_any():
    assert not amounts(table(known(), "T01"), "reserves")
    dossier = report(
        income=[
            received("30000", Fund.OTHER, Flow.RESERVES),
            received("10000", Fund.OTHER, Flow.ALLOCATION),
        ]
    )
    sheet = table(dossier, "T01")
    assert grid(sheet)[-2:] == [
        ["使用非财政拨款结余", "3.00", "结余分配", "1.00"],
        ["收入总计", "3.00", "支出总计", "3.00"],
    ]
    assert amounts(sheet, "closing") == {"expenditure": "2.00"}


def test_a_department_without_money_still_gets_its_totals_and_a_sentence():
    sheet = table(report(), "T01")
    assert grid(sheet)[-1] == ["收入总计", "0.00", "支出总计", "0.00"]
    assert sheet.notes == ("本部门2023年没有收入和支出。",)
