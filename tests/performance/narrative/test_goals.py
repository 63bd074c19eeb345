"""Sentences about the goals of a budget."""

from __future__ import annotations

from dataclasses import replace

from budgets.narrative.build import build_narrative
from performance.domain.goals import Goals
from tests.catalogue.edits import changed, part, project_part
from tests.catalogue.variants import mended_000, mended_001


def told(report) -> str:
    sentence = build_narrative(report).sentence("goals.goals")
    return sentence.text if sentence else ""


def test_what_has_goals_is_counted():
    assert "整体支出绩效目标和12个项目支出绩效目标" in told(mended_000())


def test_a_project_without_goals_is_not_counted_nor_its_money():
    report = changed(mended_001(), project_part("regional-development", Goals, lambda _: Goals()))
    assert told(report) == (
        "2022年设置了整体支出绩效目标和3个项目支出绩效目标，涉及一般公共预算当年财政拨款1,624.90万元。"
    )


def test_without_goals_of_the_department_there_are_those_of_projects():
    report = changed(mended_001(), part(Goals, lambda _: Goals()))
    assert told(report).startswith("2022年设置了4个项目支出绩效目标")


def test_without_any_goal_that_is_said_or_the_chapter_left_out():
    bare = replace(changed(mended_001(), part(Goals, lambda _: Goals())), projects=())
    document = build_narrative(bare)
    assert "本部门2022年没有设置绩效目标。" in document.text()
    other = replace(changed(mended_000(), part(Goals, lambda _: Goals())), projects=())
    assert "预算绩效管理情况" not in build_narrative(other).text()
