from dataclasses import replace

from budgets.domain.choices import Fund, ReportKind
from budgets.tables.final.wording import about, income_label
from budgets.tables.wording import department_line, period
from tests.budgets.tables.final.known import known, report


def test_final_accounts_are_of_a_financial_year():
    final = report()
    budget = replace(final, header=replace(final.header, kind=ReportKind.BUDGET))
    assert (period(final), period(budget)) == ("2024年度", "2024年")


def test_the_department_goes_by_the_profiles_word_and_suffix():
    final = known()
    assert department_line(final) == "单位：东西湖区科技创新和人才服务中心本级"
    budget = replace(final, header=replace(final.header, profile="dongxihu_2023"))
    assert department_line(budget) == "东西湖区科技创新和人才服务中心"


def test_kinds_of_income():
    assert income_label(Fund.GENERAL) == "一般公共预算财政拨款收入"
    assert income_label(Fund.COMMERCIAL) == "经营收入"
    assert income_label(Fund.OTHER) == "其他收入"


def test_a_note_says_what_a_table_shows():
    assert about(known(), "各项支出情况") == "本表列示部门2024年度各项支出情况。"
