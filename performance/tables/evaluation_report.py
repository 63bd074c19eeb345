"""绩效自评报告: the text around a self-evaluation form, for the department and for each project.

Pure. Options: none. It exists only if the profile's scheme is ``wrapped``. The score, its split and the number of met
targets are computed; the rest was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.dossier import Dossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Row, Sheet, merge_equal
from performance.analysis.assessment import Assessment, assess, scheme_of

from .evaluation_cells import is_missed, points, score_cell
from .paper import Paper, headers, label
from .project_evaluation import shown

EXECUTION = "预算执行情况"
SUMMARY = "（二）绩效目标完成情况"
SECTIONS = (("（三）存在的问题", "problems"), ("（四）改进措施", "measures"))


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    """The department's report, then one for each project that `project_evaluation` prints; empty if not ``wrapped``."""
    scheme, whole = scheme_of(dossier), assess(dossier)
    if scheme is None or whole is None or not scheme.wrapped:
        return []
    sheets = [_report(dossier, whole, Paper(spec.key, unit), spec, "部门整体")]
    for number, (project, assessment) in enumerate(shown(dossier), 1):
        own = replace(spec, number=f"{spec.number}-{number}")
        paper = Paper(f"{spec.key}.{project.key}", unit)
        sheets.append(_report(dossier, assessment, paper, own, project.identity.name))
    return sheets


def _report(dossier: Dossier, assessment: Assessment, paper: Paper, spec: TableSpec, name: str) -> Sheet:
    evaluation = assessment.evaluation
    body: list[Block] = [
        Row((label("评价对象"), paper.text("subject", "name", name, 10))),
        paper.heading("（一）自评得分"),
        *_scores(paper, assessment),
        paper.heading(SUMMARY),
        Row((paper.text("targets", "value", targets_met(assessment), 12),)),
    ]
    if evaluation.summary:
        summary = paper.text(
            "summary", "value", evaluation.summary, 12, Address("evaluation", field="summary")
        )
        body.append(Row((summary,)))
    for title, field in SECTIONS:
        text = paper.text(field, "value", getattr(evaluation, field), 12, Address("evaluation", field=field))
        body += [paper.heading(title), Row((text,))]
    return replace(paper.sheet(dossier, spec, tuple(body), name=name), show_unit=False)


def _scores(paper: Paper, assessment: Assessment) -> Iterator[Row]:
    """自评得分 by 预算执行, 一级指标 and 二级指标."""
    execution = assessment.execution
    yield headers((("评分项目", 4), ("二级指标", 4), ("权重", 2), ("得分", 2)))
    yield Row(
        (
            label(EXECUTION, 4),
            label("执行率", 4),
            score_cell(paper, "execution", "weight", execution.weight, 2),
            score_cell(paper, "execution", "score", execution.score, 2),
        )
    )
    weights, scores = level_weights(assessment), assessment.split()
    weights_below, second = level2_weights(assessment), assessment.split_by_level2()
    for place, (level1, score) in enumerate(scores.items(), 1):
        key = f"level.{place}"
        rows = [
            Row(
                (
                    label(level1, 4),
                    label("小计", 4),
                    score_cell(paper, key, "weight", weights[level1], 2),
                    score_cell(paper, key, "score", score, 2),
                )
            )
        ]
        below = [(pair, points_) for pair, points_ in second.items() if pair[0] == level1]
        rows += [
            Row(
                (
                    label(level1, 4),
                    label(pair[1], 4),
                    score_cell(paper, f"{key}.{number}", "weight", weights_below[pair], 2),
                    score_cell(paper, f"{key}.{number}", "score", points_, 2),
                )
            )
            for number, (pair, points_) in enumerate(below, 1)
        ]
        yield from merge_equal(rows, 1)
    yield Row(
        (
            label("总分", 8),
            score_cell(paper, "total", "weight", assessment.weight_total, 2),
            score_cell(paper, "total", "score", assessment.total, 2),
        ),
        total=True,
    )


def level_weights(assessment: Assessment) -> dict[str, Decimal | None]:
    """The weight of each 一级指标 over all goals, from its indicators if it has none of its own.

    None if the weight in any goal is unknown.
    """
    found: dict[str, list[Decimal | None]] = {}
    for goal in assessment.goals:
        for group in goal.groups:
            below = [row.weight for row in group.rows]
            own = _sum_if_known(below) if group.weight is None else group.weight
            found.setdefault(group.level1, []).append(own)
    return {level1: _sum_if_known(weights) for level1, weights in found.items()}


def level2_weights(assessment: Assessment) -> dict[tuple[str, str], Decimal | None]:
    """The weight of each (一级指标, 二级指标) from its indicators; None if any of them is unknown."""
    found: dict[tuple[str, str], list[Decimal | None]] = {}
    for row in assessment.rows:
        found.setdefault((row.indicator.level1, row.indicator.level2), []).append(row.weight)
    return {pair: _sum_if_known(weights) for pair, weights in found.items()}


def _sum_if_known(weights: Sequence[Decimal | None]) -> Decimal | None:
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if len(known) == len(weights) else None


def targets_met(assessment: Assessment) -> str:
    """The number of targets, and the quantitative ones that were missed."""
    rows = list(assessment.rows)
    if not rows:
        return "本年度没有年度绩效指标。"
    judged = [row for row in rows if row.achieved is not None]
    missed = [row for row in rows if is_missed(row)]
    if not assessment.is_begun:
        return f"本年度共有绩效指标{len(rows)}个，还没有自评。"
    text = f"本年度共有绩效指标{len(rows)}个，自评总分{points(assessment.total)}分。"
    if judged:
        text += f"可按目标值计算的定量指标{len(judged)}个，其中达到目标值{len(judged) - len(missed)}个。"
    if missed:
        listed = "；".join(
            f"{row.indicator.name}（目标值{row.indicator.value}，完成值{row.actual}）" for row in missed
        )
        text += f"未达到目标值的：{listed}。"
    return text
