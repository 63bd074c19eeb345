from budgets.domain.choices import Flow, Fund, Use
from tests.budgets.tables.final.known import CODES, came, known, report, table, went
from tests.budgets.tables.known import amounts, grid

LAND = Fund.GOVERNMENT_FUND
name = CODES.function_name


def test_what_came_in_went_out_and_is_left_by_code():
    dossier = report(
        [
            came("3", "2120801", LAND, Flow.OPENING),
            came("10", "2120801", LAND),
            came("2", "", LAND),
            came("99"),
        ],
        [
            went("4", "2120801", "30201", LAND),
            went("5", "2120801", "31009", LAND, Use.PROJECT, carried=True),
            went("1", "2120899", "30201", LAND),
        ],
    )
    assert grid(table(dossier, "F07")) == [
        ["项目", "<", "<", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"],
        ["功能分类科目编码", "<", "<", "科目名称", "<", "<", "小计", "基本支出", "项目支出", "<"],
        ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6"],
        ["合计", "<", "<", "<", "3.00", "12.00", "10.00", "5.00", "5.00", "5.00"],
        ["212", "<", "<", "城乡社区支出", "3.00", "10.00", "10.00", "5.00", "5.00", "3.00"],
        ["21208", "<", "<", name("21208"), "3.00", "10.00", "10.00", "5.00", "5.00", "3.00"],
        ["2120801", "<", "<", name("2120801"), "3.00", "10.00", "9.00", "4.00", "5.00", "4.00"],
        ["2120899", "<", "<", name("2120899"), "0.00", "0.00", "1.00", "1.00", "0.00", "-1.00"],
        ["", "<", "<", "未细分", "0.00", "2.00", "0.00", "0.00", "0.00", "2.00"],
    ]


def test_what_is_left_is_derived_and_opens_no_rows():
    sheet = table(report([came("2", "2120801", LAND)]), "F07")
    cell = sheet.cells["F07/2120801/closing"]
    assert (str(cell.value), cell.source) == ("2.00", None)


def test_an_empty_table_names_its_own_fund():
    sheet = table(known(), "F07")
    assert grid(sheet)[3:] == [["合计", "<", "<", "<", *["0.00"] * 6]]
    assert sheet.notes == (
        "本表列示部门2024年度政府性基金预算财政拨款收支和年初、年末结转结余。",
        "表内公式（栏次）：6=1+2−3，3=4+5。",
        "本部门2024年度没有政府性基金预算财政拨款收入、支出和结转结余。",
    )


def test_allocation_gets_a_column_and_a_place_in_the_formula():
    sheet = table(report([came("5", "2120801", LAND), came("2", "2120801", LAND, Flow.ALLOCATION)]), "F07")
    assert amounts(sheet, "total")["closing"] == "3.00"
    assert sheet.notes[1] == "表内公式（栏次）：7=1+2−3−6，3=4+5。"
