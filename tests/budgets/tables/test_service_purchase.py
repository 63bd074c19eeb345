from tests.budgets.tables.known import amounts, grid, known, report, table


def test_only_items_with_a_service_category():
    assert grid(table(known(), "T12")) == [
        ["项目名称", "购买内容", "类别", "数量", "金额"],
        ["综合业务", "法律顾问", "政府履职所需辅助性服务", "1项", "2.00"],
        ["不予公开项目", "—", "基本公共服务", "", "0.20"],
        ["合计", "<", "<", "<", "2.20"],
    ]


def test_the_empty_table_says_so():
    sheet = table(report(), "T12")
    assert amounts(sheet, "total") == {"amount": "0.00"}
    assert sheet.notes == ("本部门2023年没有安排政府购买服务预算。",)
