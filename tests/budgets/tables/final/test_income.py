from budgets.domain.choices import Flow, Fund
from tests.budgets.tables.final.known import came, known, report, table
from tests.budgets.tables.known import amounts, grid

KINDS = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")


def test_the_code_fills_the_three_columns_of_its_levels():
    rows = grid(table(known(), "F02"))
    assert rows[:7] == [
        ["项目", "<", "<", "<", "本年收入合计", "财政拨款收入", *KINDS],
        ["功能分类科目编码", "<", "<", "科目名称", *"<<<<<<<"],
        ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6", "7"],
        ["合计", "<", "<", "<", "1133.84", "1112.12", "0.00", "0.00", "0.00", "0.00", "21.72"],
        ["201", "<", "<", "一般公共服务支出", "864.20", "842.48", *["0.00"] * 4, "21.72"],
        ["20103", "<", "<", "政府办公厅（室）及相关机构事务", "864.20", "842.48", *["0.00"] * 4, "21.72"],
        ["2010350", "<", "<", "事业运行", "643.93", "643.93", *["0.00"] * 5],
    ]
    assert rows[7][0] == "2010399"
    assert len(rows) == 3 + 19


def test_only_the_years_income_counts():
    dossier = report([came("3", "2010350"), came("9", "2010350", flow=Flow.OPENING)])
    assert amounts(table(dossier, "F02"), "2010350")["total"] == "3.00"


def test_a_kind_without_a_column_gets_one_and_a_number():
    sheet = table(report([came("3", "2010350", Fund.SPECIAL_ACCOUNT)]), "F02")
    assert [row[-1] for row in grid(sheet)[:4]] == ["财政专户管理资金", "<", "8", "3.00"]
    assert sheet.notes[1] == "表内公式（栏次）：1=2+…+8。"


def test_an_empty_table_has_its_total_and_a_sentence():
    sheet = table(report(), "F02")
    assert grid(sheet)[3:] == [["合计", "<", "<", "<", *["0.00"] * 7]]
    assert sheet.notes[-1] == "本部门2024年度没有收入。"
