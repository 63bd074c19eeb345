"""Typed texts in sentences."""

import pytest

from budgets.domain.choices import Disclosure
from budgets.domain.schema import Identity
from budgets.narrative.words import clause, on_one_line, project_name
from tests.examples import project


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("人员增加。", "人员增加"),
        ("  主要原因是人员增加；", "人员增加"),
        ("原因：人员增加", "人员增加"),
        ("变动原因为人员增加。。", "人员增加"),
        ("其中主要原因：人员增加", "人员增加"),
        ("原因不明", "原因不明"),
        ("。", ""),
        ("", ""),
        ("人员增加。\n项目减少", "人员增加。项目减少"),
    ],
)
def test_a_clause_brings_neither_stops_nor_the_words_before_it(typed, said):
    assert clause(typed) == said


def test_lines_become_one():
    assert on_one_line("第一\r\n\n第二。\n 第三") == "第一；第二。第三"


def test_a_withheld_project_has_no_name_of_its_own():
    secret = Identity(name="机密", disclosure=Disclosure.WITHHELD)
    open_, withheld = project(), project(identity=secret)
    assert project_name(open_) == open_.identity.name
    assert project_name(withheld) == "不予公开项目"
