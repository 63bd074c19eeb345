from tests.budgets.tables.known import grid, known, report, spent, table


def test_economic_sections_under_their_classes():
    assert grid(table(known(), "T06")) == [
        ["部门预算支出经济分类", "<", "基本支出", "<", "<"],
        ["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
        ["301", "工资福利支出", "68.00", "68.00", "0.00"],
        ["30101", "基本工资", "60.00", "60.00", "0.00"],
        ["30112", "其他社会保障缴费", "8.00", "8.00", "0.00"],
        ["302", "商品和服务支出", "13.00", "0.00", "13.00"],
        ["30201", "办公费", "10.00", "0.00", "10.00"],
        ["30231", "公务用车运行维护费", "3.00", "0.00", "3.00"],
        ["303", "对个人和家庭的补助", "2.00", "2.00", "0.00"],
        ["30302", "退休费", "2.00", "2.00", "0.00"],
        ["合计", "<", "83.00", "70.00", "13.00"],
    ]


def test_a_column_that_a_code_cannot_be_in_has_no_rows_behind_it():
    cell = table(known(), "T06").cells["T06/30201/personnel"]
    assert (str(cell.value), cell.source) == ("0.00", None)


def test_basic_expenditure_without_economic_code_gets_a_row_and_a_column():
    dossier = report(
        expenditure=[
            spent("10000", "2010350", ""),
            spent("20000", "2010350", "301"),
            spent("30000", "2010350", "30101"),
        ]
    )
    assert grid(table(dossier, "T06"))[2:] == [
        ["301", "工资福利支出", "5.00", "5.00", "0.00", "0.00"],
        ["30101", "基本工资", "3.00", "3.00", "0.00", "0.00"],
        ["", "未细分", "2.00", "2.00", "0.00", "0.00"],
        ["", "未细分", "1.00", "0.00", "0.00", "1.00"],
        ["合计", "<", "6.00", "5.00", "0.00", "1.00"],
    ]


def test_the_empty_table_says_so():
    assert table(report(), "T06").notes == ("本部门2023年没有使用一般公共预算财政拨款安排的基本支出。",)
