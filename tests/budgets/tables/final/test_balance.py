from budgets.domain.choices import Flow, Fund
from tests.budgets.tables.final.known import came, known, report, table, went
from tests.budgets.tables.known import amounts, grid


def test_thirty_lines_on_the_left_and_thirty_on_the_right():
    rows = grid(table(known(), "F01"))
    assert rows[:4] == [
        ["收入", "<", "<", "支出", "<", "<"],
        ["项目", "行次", "金额", "项目", "行次", "金额"],
        ["栏次", "", "1", "栏次", "", "2"],
        ["一、一般公共预算财政拨款收入", "1", "1112.12", "一、一般公共服务支出", "31", "842.78"],
    ]
    assert rows[10:13] == [
        ["八、其他收入", "8", "21.72", "八、社会保障和就业支出", "38", "140.92"],
        ["", "9", "", "九、卫生健康支出", "39", "58.58"],
        ["", "10", "", "十、节能环保支出", "40", "0.00"],
    ]
    assert rows[28:] == [
        ["", "26", "", "二十六、抗疫特别国债安排的支出", "56", "0.00"],
        ["本年收入合计", "27", "1133.84", "本年支出合计", "57", "1112.42"],
        ["使用非财政拨款结余（含专用结余）", "28", "0.00", "结余分配", "58", "0.00"],
        ["年初结转和结余", "29", "0.00", "年末结转和结余", "59", "21.42"],
        ["总计", "30", "1133.84", "总计", "60", "1133.84"],
    ]


def test_the_eight_kinds_of_income_go_by_their_names_in_final_accounts():
    assert [row[0] for row in grid(table(known(), "F01"))[3:11]] == [
        "一、一般公共预算财政拨款收入",
        "二、政府性基金预算财政拨款收入",
        "三、国有资本经营预算财政拨款收入",
        "四、上级补助收入",
        "五、事业收入",
        "六、经营收入",
        "七、附属单位上缴收入",
        "八、其他收入",
    ]


def test_money_outside_the_lists_is_added_before_the_totals_and_shifts_lines_and_formulas():
    dossier = report(
        [came("3", fund=Fund.SPECIAL_ACCOUNT)],
        [went("1", "2330101", fund=Fund.SPECIAL_ACCOUNT), went("1", "", "")],
    )
    sheet = table(dossier, "F01", classes=("201",))
    assert grid(sheet)[3:6] == [
        ["一、一般公共预算财政拨款收入", "1", "0.00", "一、一般公共服务支出", "14", "0.00"],
        ["二、政府性基金预算财政拨款收入", "2", "0.00", "二、债务发行费用支出", "15", "1.00"],
        ["三、国有资本经营预算财政拨款收入", "3", "0.00", "三、未细分", "16", "1.00"],
    ]
    assert grid(sheet)[11][:3] == ["九、财政专户管理资金", "9", "3.00"]
    assert sheet.notes[2] == "表内公式（行次）：10=1+…+9，13=10+11+12，23=14+15+16，26=23+24+25。"


def test_reserves_allocation_and_both_carry_overs():
    dossier = report(
        [
            came("10", fund=Fund.OTHER),
            came("2", fund=Fund.OTHER, flow=Flow.RESERVES),
            came("5", fund=Fund.OTHER, flow=Flow.OPENING),
            came("1", fund=Fund.OTHER, flow=Flow.ALLOCATION),
        ],
        [went("12", fund=Fund.OTHER)],
    )
    sheet = table(dossier, "F01")
    assert {
        row: amounts(sheet, row) for row in ("reserves", "opening", "allocation", "closing", "total")
    } == {
        "reserves": {"income": "2.00"},
        "opening": {"income": "5.00"},
        "allocation": {"expenditure": "1.00"},
        "closing": {"expenditure": "4.00"},
        "total": {"income": "17.00", "expenditure": "17.00"},
    }


def test_head_title_and_notes_are_the_profiles():
    sheet = table(known(), "F01")
    assert (sheet.number, sheet.title) == ("公开01表", "2024年度收入支出决算总表")
    assert sheet.department == "单位：东西湖区科技创新和人才服务中心本级"
    assert sheet.blank_zero
    assert sheet.notes[0] == "本表列示部门2024年度的总收支和年末结转结余情况。"


def test_an_empty_table_says_so():
    sheet = table(report(), "F01")
    assert grid(sheet)[-1] == ["总计", "30", "0.00", "总计", "60", "0.00"]
    assert sheet.notes[-1] == "本部门2024年度没有收入和支出。"
