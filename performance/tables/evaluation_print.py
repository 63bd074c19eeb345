"""The rows that both self-evaluation forms print below their heads: execution, goals, 总分, reasons.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from budgets.domain.address import Address
from budgets.domain.sheets import Cell, Lines, Row, merge_equal
from performance.analysis.assessment import AssessedGoal, Assessment, Group
from performance.domain.schemes import Scheme

from .evaluation_cells import exact_amount, goal_title, points, rate_cell, result_field, score_cell, weighted
from .paper import Paper, headers, label

TEXTS = (("偏差大或目标未完成原因分析", "causes"), ("改进措施及结果应用方案", "measures"))


def execution_rows(paper: Paper, assessment: Assessment) -> list[Row]:
    """预算执行情况: A, B, rate and score."""
    execution = assessment.execution
    weight = points(execution.weight)
    title = f"预算执行情况（{paper.unit.label}）（{weight}分）"
    head = (
        ("", 3),
        ("预算数（A）", 2),
        ("执行数（B）", 2),
        ("执行率（B/A）", 1),
        (f"得分（{weight}分*执行率）", 2),
    )
    return [
        Row((label(title, 2, rows=2), *headers(head).cells)),
        Row(
            (
                label(execution.label, 3),
                exact_amount(paper, "execution", "budget", execution.budget, 2),
                exact_amount(paper, "execution", "executed", execution.executed, 2, Lines(execution.spent)),
                rate_cell(paper, assessment, 1),
                score_cell(
                    paper,
                    "execution",
                    "score",
                    execution.score,
                    2,
                    Address("evaluation", field="execution_score"),
                ),
            )
        ),
    ]


def goal_rows(paper: Paper, assessment: Assessment, scheme: Scheme) -> Iterator[Row]:
    """Every annual goal with its indicators. Its text stands in a row above if it has one or there are several goals."""
    if not assessment.goals:
        yield Row((label("年度绩效目标"), Cell("", columns=paper.columns - 2)))
    for goal in assessment.goals:
        title = weighted(goal_title(assessment, goal.number), goal.weight, scheme.print_goal_weights)
        beside = title
        if goal.goal.text or len(assessment.goals) > 1:
            beside = "年度绩效目标"
            key = f"goal.{goal.goal.key}"
            yield Row((label(title), paper.text(key, "text", goal.goal.text, paper.columns - 2)))
        yield from _indicators(paper, goal, scheme, beside)


def _indicators(paper: Paper, goal: AssessedGoal, scheme: Scheme, beside: str) -> Iterator[Row]:
    """一级 | 二级 | 三级 | 年初目标值 | 实际完成值 | 得分, with ``beside`` at the left of all."""
    rows = [row for group in goal.groups for row in _group(paper, group, scheme)]
    rows = merge_equal(rows, 2) or [Row((Cell("", columns=paper.columns - 1),))]
    head = headers(
        (
            ("一级指标", 2),
            ("二级指标", 2),
            ("三级指标", 2),
            ("年初目标值（A）", 2),
            ("实际完成值（B）", 2),
            ("得分", 1),
        )
    )
    yield Row((label(beside, 1, rows=len(rows) + 1), *head.cells))
    yield from rows


def _group(paper: Paper, group: Group, scheme: Scheme) -> Iterator[Row]:
    level1 = weighted(group.level1, group.weight, scheme.print_group_weights)
    for row in group.rows:
        indicator, key = row.indicator, f"indicator.{row.indicator.key}"
        name = weighted(indicator.name or indicator.content, row.result.weight, scheme.print_row_weights)
        yield Row(
            (
                replace(label(level1), scope="rowgroup"),
                label(indicator.level2),
                replace(label(name), key=paper.key(key, "name")),
                paper.text(key, "target", indicator.value, 2),
                paper.text(key, "actual", row.actual, 2, result_field(row, "actual")),
                score_cell(paper, key, "score", row.score, 1, result_field(row, "score")),
            )
        )


def closing_rows(paper: Paper, assessment: Assessment) -> Iterator[Row]:
    """总分, then the texts."""
    total = score_cell(paper, "total", "score", assessment.total, paper.columns - 2)
    yield Row((label("总分"), total), total=True)
    for title, name in TEXTS:
        text = getattr(assessment.evaluation, name)
        yield Row(
            (
                label(title),
                paper.text(name, "value", text, paper.columns - 2, Address("evaluation", field=name)),
            )
        )
