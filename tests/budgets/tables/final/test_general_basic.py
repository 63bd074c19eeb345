from budgets.domain.choices import Fund, Use
from tests.budgets.tables.final.known import known, report, table, went
from tests.budgets.tables.known import amounts, grid


def test_three_blocks_side_by_side_print_every_listed_subject():
    rows = grid(table(known(), "F06"))
    assert rows[:4] == [
        ["人员经费", "<", "<", "公用经费", *"<<<<<"],
        ["经济分类科目编码", "科目名称", "决算数"] * 3,
        ["301", "工资福利支出", "840.14", "302", "商品和服务支出", "65.88", "310", "资本性支出", "0.94"],
        ["30101", "基本工资", "161.27", "30201", "办公费", "5.18", "31002", "办公设备购置", "0.94"],
    ]
    assert [row[0] for row in rows[16:18]] == ["303", "30301"]
    assert [row[6] for row in rows[2:10]] == ["310", "31002", "31003", "31007", "31013", "31022", "31099", ""]
    assert [len([row for row in rows[2:-1] if row[column]]) for column in (0, 3, 6)] == [27, 28, 7]
    assert rows[-1] == ["人员经费合计", "<", "846.75", "公用经费合计", *"<<<<", "66.82"]


def test_a_subject_outside_the_list_is_added_to_its_class():
    dossier = report(expenditure=[went("1", economic="31001"), went("2", economic="310")])
    rows = grid(table(dossier, "F06"))
    assert [row[6:] for row in rows[8:11]] == [
        ["31099", "其他资本性支出", "0.00"],
        ["31001", "房屋建筑物购建", "1.00"],
        ["", "未细分", "2.00"],
    ]
    assert amounts(table(dossier, "F06"), "310") == {"amount": "3.00"}


def test_another_class_is_added_to_the_last_block():
    dossier = report(expenditure=[went("1", economic="39907")])
    rows = grid(table(dossier, "F06"))
    assert [row[6] for row in rows[9:11]] == ["399", "39907"]
    assert rows[-1][-1] == "1.00"


def test_money_without_a_code_has_a_row_before_the_totals():
    rows = grid(table(report(expenditure=[went("5", economic="")]), "F06"))
    assert rows[-2] == ["未细分", *"<<<<<<<", "5.00"]
    assert rows[-1][2::6] == ["0.00", "0.00"]


def test_only_basic_expenditure_of_the_general_budget_counts():
    dossier = report(
        expenditure=[went("1", fund=Fund.OTHER), went("2", use=Use.PROJECT), went("4", economic="30101")]
    )
    rows = grid(table(dossier, "F06"))
    assert (rows[-1][2], rows[-1][-1]) == ("4.00", "0.00")


def test_blocks_are_the_profiles():
    rows = grid(table(known(), "F06", blocks=[("人员经费", ("301", "303")), ("公用经费", ("302", "310"))]))
    assert rows[0] == ["人员经费", "<", "<", "公用经费", "<", "<"]
    assert rows[-1] == ["人员经费合计", "<", "846.75", "公用经费合计", "<", "66.82"]
