from budgets.domain.choices import Flow, Fund
from tests.budgets.tables.final.known import came, known, report, table, went
from tests.budgets.tables.known import amounts, grid


def test_thirty_two_lines_on_each_side():
    rows = grid(table(known(), "F04"))
    names = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    assert rows[:5] == [
        ["收入", "<", "<", "支出", *"<<<<<"],
        ["项目", "行次", "决算数", "项目", "行次", "决算数", "<", "<", "<"],
        ["<", "<", "<", "<", "<", "小计", *names],
        ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"],
        ["一、" + names[0], "1", "1112.12", "一、一般公共服务支出", "33", "842.48", "842.48", "0.00", "0.00"],
    ]
    assert rows[30:] == [
        ["本年收入合计", "27", "1112.12", "本年支出合计", "59", "1112.12", "1112.12", "0.00", "0.00"],
        ["年初财政拨款结转和结余", "28", "0.00", "年末财政拨款结转和结余", "60", *["0.00"] * 4],
        [names[0], "29", "0.00", "", "61", "", "", "", ""],
        [names[1], "30", "0.00", "", "62", "", "", "", ""],
        [names[2], "31", "0.00", "", "63", "", "", "", ""],
        ["总计", "32", "1112.12", "总计", "64", "1112.12", "1112.12", "0.00", "0.00"],
    ]


def test_what_was_left_and_is_left_is_split_by_fund():
    dossier = report(
        [
            came("10"),
            came("4", fund=Fund.GOVERNMENT_FUND),
            came("2", flow=Flow.OPENING),
            came("3", fund=Fund.STATE_CAPITAL, flow=Flow.OPENING),
            came("90", fund=Fund.OTHER),
        ],
        [went("11"), went("1", fund=Fund.GOVERNMENT_FUND)],
    )
    sheet = table(dossier, "F04")
    left = {
        row: amounts(sheet, row)["income"] for row in ("opening", "opening.general", "opening.state_capital")
    }
    assert left == {"opening": "5.00", "opening.general": "2.00", "opening.state_capital": "3.00"}
    assert amounts(sheet, "closing") == {
        "total": "7.00",
        "general": "1.00",
        "government_fund": "3.00",
        "state_capital": "3.00",
    }
    assert amounts(sheet, "total") == {
        "income": "19.00",
        "total": "19.00",
        "general": "12.00",
        "government_fund": "4.00",
        "state_capital": "3.00",
    }


def test_formulas_of_lines_and_columns():
    assert table(known(), "F04").notes[1:] == (
        "表内公式（行次）：27=1+2+3，28=29+30+31，32=27+28，59=33+…+58，64=59+60。",
        "表内公式（栏次）：2=3+4+5。",
    )


def test_allocation_and_reserves_of_fiscal_funds_are_added_not_dropped():
    dossier = report([came("5", flow=Flow.RESERVES), came("2", flow=Flow.ALLOCATION)])
    sheet = table(dossier, "F04")
    assert [row[:3] for row in grid(sheet)[-2:]] == [
        ["使用非财政拨款结余", "32", "5.00"],
        ["总计", "33", "5.00"],
    ]
    assert "33=27+28+32" in sheet.notes[1]
    assert amounts(sheet, "allocation")["total"] == "2.00"
    assert "66=60+61+62" in sheet.notes[1]


def test_a_department_without_fiscal_money_says_so():
    assert table(report(), "F04").notes[-1] == "本部门2024年度没有财政拨款收入和支出。"
