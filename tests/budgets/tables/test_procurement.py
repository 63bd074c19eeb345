from budgets.domain.address import Address
from budgets.domain.choices import ProcurementClass
from tests.budgets.tables.known import amounts, grid, known, report, table


def test_one_row_per_item_with_a_tick_in_its_class():
    assert grid(table(known(), "T11")) == [
        ["项目名称", "品名", "采购类别", "<", "<", "数量", "金额", "资金来源"],
        ["<", "<", *(kind.label for kind in ProcurementClass), "<", "<", "<"],
        ["综合业务", "打印纸", "√", "", "", "10箱", "0.15", "一般公共预算"],
        ["综合业务", "法律顾问", "", "", "√", "1项", "2.00", "一般公共预算"],
        ["不予公开项目", "—", "", "", "√", "", "0.20", "一般公共预算"],
        ["公用经费", "空调", "√", "", "", "1台", "0.30", "其他收入"],
        ["合计", "<", "<", "<", "<", "<", "2.65", ""],
    ]


def test_items_of_different_projects_may_share_a_key():
    sheet = table(known(), "T11")
    keys = [cell.key for row in sheet.rows for cell in row.cells if cell.key.endswith("/amount")]
    assert keys == [f"T11/{row}/amount" for row in ("general:1", "general:2", "secret:1", ":1", "total")]


def test_an_amount_leads_to_the_field_where_it_was_typed():
    assert table(known(), "T11").cells["T11/general:2/amount"].source == Address("procurement", "2", "amount")


def test_the_empty_table_says_so():
    sheet = table(report(), "T11")
    assert amounts(sheet, "total") == {"amount": "0.00"}
    assert sheet.notes == ("本部门2023年没有安排政府采购预算。",)
