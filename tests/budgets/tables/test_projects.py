from budgets.domain.choices import ProjectCategory, Use
from tests.budgets.tables.known import amounts, grid, known, project, report, spent, table


def test_projects_are_grouped_by_category_and_split_by_fund_and_year():
    sheet = table(known(), "T10")
    assert [row[:4] for row in grid(sheet)[2:]] == [
        ["其他运转类项目", "征地补偿", "土地科", "16.50"],
        ["特定目标类项目", "综合业务", "服务中心", "18.00"],
        ["<", "不予公开项目", "服务中心", "0.50"],
        ["合计", "<", "<", "35.00"],
    ]
    assert amounts(sheet, "land") == {
        "total": "16.50",
        "general": "0.00",
        "government_fund": "15.00",
        "state_capital": "0.00",
        "carry_over.general": "0.00",
        "carry_over.government_fund": "1.00",
        "carry_over.state_capital": "0.00",
        "special_account": "0.00",
        "own": "0.50",
    }
    assert grid(sheet)[0][3:] == (
        ["合计", "本年拨款", "<", "<", "财政拨款结转结余", "<", "<", "财政专户管理资金", "单位资金"]
    )


def test_a_withheld_project_shows_its_amount_but_neither_name_nor_unit():
    sheet = table(known(), "T10")
    assert amounts(sheet, "secret")["total"] == "0.50"
    texts = [cell.value for row in sheet.rows for cell in row.cells]
    assert "内部事项" not in texts
    assert "内部科" not in texts


def test_a_project_without_money_keeps_its_row():
    dossier = report(projects=[project("p", "待定", ProjectCategory.SPECIFIC, [])])
    sheet = table(dossier, "T10")
    assert amounts(sheet, "p")["total"] == "0.00"
    assert sheet.notes == ()


def test_project_expenditure_without_a_project_has_a_row_of_its_own():
    dossier = report(expenditure=[spent("39000", "", "", use=Use.PROJECT)])
    assert [row[:5] for row in grid(table(dossier, "T10"))[2:]] == [
        ["未细分", "未列明项目", "服务中心", "3.90", "3.90"],
        ["合计", "<", "<", "3.90", "3.90"],
    ]


def test_the_empty_table_says_so():
    sheet = table(report(), "T10")
    assert grid(sheet)[2:] == [["合计", "<", "<", *["0.00"] * 9]]
    assert sheet.notes == ("本部门2023年没有安排项目支出。",)
