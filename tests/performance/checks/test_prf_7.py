"""PRF-7: level 2 under its level 1, one indicator in one category, no row twice."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity
from performance.checks.prf_7 import Classified
from performance.domain.goals import Goals
from tests.examples import dossier, header, project
from tests.printed_samples import (
    annual,
    both,
    count,
    document,
    effect,
    extended,
    hand_made,
    mended,
    rate,
    run,
)

CHECK = Classified()


def test_one_indicator_of_economic_and_of_social_effect_is_found_as_printed():
    (finding,) = run(CHECK, document())
    assert (finding.severity, finding.address.project) == (Severity.WARNING, "jinshan-talents")
    assert finding.address.on_page == Address("indicators", "jinshan-talents-a05", "level2")
    assert (finding.expected, finding.actual) == ("经济效益指标", "社会效益指标")


def test_mended_it_is_silent():
    assert run(CHECK, mended(document(), "jinshan-talents-l05", level2="社会效益指标")) == []


def test_the_second_locality_files_cost_under_output_and_is_silent():
    assert run(CHECK, document("344001", 2022)) == []


def test_the_form_of_one_locality_is_not_that_of_another():
    row = rate("成本", "1万元", level2="成本指标")
    assert run(CHECK, hand_made(row)) == []
    moved = replace(document("344001", 2022), header=header())
    assert {f.address.field for f in run(CHECK, moved)} == {"level2"}


# --- levels ---------------------------------------------------------------------------------------


def test_social_effect_under_output_is_found():
    """As 004 prints it twice."""
    (finding,) = run(CHECK, hand_made(effect("促进企业对政策了解", "有所提升", level1="产出指标")))
    assert finding.address.on_page == Address("indicators", "e", "level2")
    assert (finding.expected, finding.actual) == ("效益指标", "产出指标")


@pytest.mark.parametrize(
    ("level1", "level2"),
    [
        ("产出指标", "数量指标"),
        ("产出", "数量"),
        (" 产出指标 ", "时效 指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "社会公众或服务对象满意度指标"),
        ("", "数量指标"),
        ("产出指标", ""),
        ("效益指标", "满意度指标"),
        ("其他指标", "数量指标"),
    ],
)
def test_what_is_in_order_empty_or_unknown(level1, level2):
    assert run(CHECK, hand_made(effect("名称", "1", level1=level1, level2=level2))) == []


# --- categories -----------------------------------------------------------------------------------


def test_the_rarer_category_is_found_across_owners():
    rows = [project(key, goals=annual(rate("响应时间", "≤24小时", key))) for key in ("a", "b")]
    odd = project("c", goals=annual(count("响应时间", "≤24小时", "c")))
    (finding,) = run(CHECK, dossier(odd, *rows))
    assert (finding.address.project, finding.expected) == ("c", "质量指标")


def test_two_spellings_of_one_category_are_one():
    goals = both(effect("名称", "1", "l"), effect("名称", "1", "a", level2="社会效益"))
    assert run(CHECK, dossier(project(goals=goals))) == []


# --- duplicates -----------------------------------------------------------------------------------


def test_a_row_twice_is_found():
    """As 004 prints 档案整理合格率."""
    (finding,) = run(
        CHECK, hand_made(rate("档案整理合格率", "≥95%", "a"), rate("档案整理合格率", "≥95%", "b"))
    )
    assert finding.address.on_page == Address("indicators", "b", "name")
    assert "两次" in finding.message


def test_a_row_doubled_in_the_printed_document_is_found():
    report = extended(mended(document(), "jinshan-talents-l05", level2="社会效益指标"), "needs-survey-a03")
    (finding,) = run(CHECK, report)
    assert finding.address.on_page == Address("indicators", "needs-survey-a03-again", "name")


def test_rows_that_differ_in_content_or_have_no_name_are_no_duplicates():
    rows = (rate("合格率", "1%", "a", content="甲"), rate("合格率", "1%", "b", content="乙"))
    assert run(CHECK, hand_made(*rows)) == []
    assert run(CHECK, hand_made(rate("", "", "a"), rate("", "", "b"))) == []


def test_the_long_term_and_the_annual_row_are_no_duplicates():
    assert (
        run(CHECK, dossier(project(goals=both(rate("合格率", "1%", "a"), rate("合格率", "1%", "b"))))) == []
    )


# --- final accounts -----------------------------------------------------------------------------------


def measured(*rows, own=()):
    """Final accounts measured by the budget's ``rows``, or by ``own`` of a project that has no budget."""
    planned = hand_made(*rows)
    this = dossier(
        project(goals=annual(*own)) if own else project(goals=Goals()),
        header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL),
        parts={},
    )
    return replace(this, budget=planned if rows else None)


def test_what_the_budget_filed_wrongly_is_printed_again_and_can_only_be_explained():
    """As 004: 社会效益 under 产出, and a row twice."""
    wrong = effect("促进企业对政策了解", "有所提升", level1="产出指标")
    twice = (rate("档案整理合格率", "≥95%", "a"), rate("档案整理合格率", "≥95%", "b"))
    findings = run(CHECK, measured(wrong, *twice))
    assert [f.address.on_page for f in findings] == [
        Address("results", "e", "actual"),
        Address("results", "b", "actual"),
    ]
    assert all("指标取自预算" in f.message and "请改到" not in f.message for f in findings)


def test_targets_of_its_own_are_mended_where_they_are_entered():
    (finding,) = run(CHECK, measured(own=[effect("促进企业对政策了解", "有所提升", level1="产出指标")]))
    assert finding.address.on_page == Address("indicators", "e", "level2")
    assert "请改到" in finding.message


def test_the_department_is_found_in_the_section_of_its_evaluation():
    this = measured()
    wrong = annual(effect("促进企业对政策了解", "有所提升", level1="产出指标"))
    (finding,) = run(CHECK, replace(this, budget=hand_made(department=wrong.goals[0].indicators)))
    assert (finding.address.object, finding.address.project) == ("results", "")
