import pytest

from budgets.tables.wording import numeral, tab_name


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (29, "二十九"), (40, "四十"), (99, "九十九")],
)
def test_numerals(number, text):
    assert numeral(number) == text


def test_a_number_too_large_for_a_list_stays_readable():
    assert numeral(120) == "120"


def test_a_tab_name_is_one_that_excel_takes():
    name = tab_name("表7", "一般[公共]/预算:*?\\“三公”经费支出表" + "长" * 40)
    assert name.startswith("表7 一般公共预算“三公”经费支出表长")
    assert len(name) == 31
