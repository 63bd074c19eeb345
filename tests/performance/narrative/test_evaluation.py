"""Sentences about the self-evaluation tell what the forms print."""

from __future__ import annotations

from dataclasses import replace

from budgets.narrative.build import build_narrative
from budgets.narrative.document import Kind, Sentence
from performance.analysis.assessment import assess
from performance.domain.evaluation import Evaluation
from tests.catalogue.edits import changed, evaluation, project_part
from tests.catalogue.variants import mended_004


def sentence(report, key: str) -> Sentence:
    found = build_narrative(report).sentence(key)
    assert found is not None, key
    return found


def test_a_project_has_the_figures_of_its_form():
    report = mended_004()
    for project in report.projects:
        form = assess(report, project)
        assert form is not None
        told = sentence(report, f"project_evaluation.{project.key}")
        budget, executed = (v.amount for v in told.values if v.kind == Kind.AMOUNT)
        assert (budget, executed) == (form.execution.budget, form.execution.executed)
        assert [v.amount for v in told.values if v.kind == Kind.SHARE] == [form.execution.rate]
        assert [v.amount for v in told.values if v.kind == Kind.SCORE] == [form.total]


def test_the_department_has_the_figures_of_its_form():
    report = mended_004()
    form = assess(report)
    assert form is not None
    told = sentence(report, "evaluation.department")
    executed, budget = (v.amount for v in told.values if v.kind == Kind.AMOUNT)
    assert (budget, executed) == (form.execution.budget, form.execution.executed)


def test_what_people_wrote_stands_in_the_sentence():
    report = changed(mended_004(), evaluation("talent-fund", problems="入住不足。", measures="加强宣传；"))
    text = sentence(report, "project_evaluation.talent-fund").text
    assert "存在的问题：入住不足。" in text
    assert text.endswith("改进措施：加强宣传。")


def test_a_project_without_evaluation_is_not_counted():
    report = changed(mended_004(), project_part("talent-fund", Evaluation, lambda _: Evaluation()))
    assert "涉及项目4个" in sentence(report, "evaluation_work.work").text
    assert build_narrative(report).sentence("project_evaluation.talent-fund") is None


def test_a_form_that_is_incomplete_has_no_score():
    report = mended_004()
    emptied = changed(
        report, project_part("talent-fund", Evaluation, lambda own: replace(own, results=own.results[:1]))
    )
    assert "自评得分" in sentence(report, "project_evaluation.talent-fund").text
    assert "自评得分" not in sentence(emptied, "project_evaluation.talent-fund").text


def test_without_any_evaluation_that_is_said():
    report = mended_004()
    emptied = changed(
        report, *(project_part(p.key, Evaluation, lambda _: Evaluation()) for p in report.projects)
    )
    assert sentence(emptied, "evaluation_work.work").text == "本部门2024年度没有开展绩效自评的项目。"
