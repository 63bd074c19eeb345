"""The layout in which self-evaluations are entered: the printed form with weights, bands, proposals and reasons.

Pure. Rows of results follow from the targets, so their controls are cells with an `Address`. Lists of any length are regions:
lines, procurement, units' results and, if the budget set no targets, goals and indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from budgets.domain.address import Address
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Cell, Lines, Orientation, Region, Row, Sheet, merge_equal
from performance.analysis.assessment import (
    AssessedGoal,
    AssessedIndicator,
    Assessment,
    Group,
    has_planned_targets,
)
from performance.domain.goals import Goals, Horizon
from performance.domain.schemes import Scheme

from .evaluation_cells import (
    allotted,
    base_note,
    exact_amount,
    goal_title,
    points,
    proposal,
    rate_cell,
    result_field,
    score_cell,
    weight_field,
)
from .evaluation_print import TEXTS
from .paper import Paper, Span, headers, label, numbered
from .project import economic_classes, spent
from .regions import region

COLUMNS = 28
_WIDTH = 4.0
_LABEL = 4
_WHOLE = COLUMNS - _LABEL

RESULTS: Sequence[Span] = (
    ("一级指标", 3),
    ("二级指标", 3),
    ("三级指标", 4),
    ("年初目标值", 3),
    ("权重", 2),
    ("实际完成值", 3),
    ("完成情况", 3),
    ("建议得分", 2),
    ("得分", 2),
    ("评分说明", 3),
)
"""The columns of the results, and the grid columns that each takes."""

RESULT_FIELDS = {
    "权重": "weight",
    "实际完成值": "actual",
    "完成情况": "band",
    "得分": "score",
    "评分说明": "reason",
}
"""The fields that are typed in them."""


def paper(table: str, unit: Unit) -> Paper:
    """The grid of the layout, which is finer than that of a printed form."""
    return Paper(table, unit, COLUMNS)


def sheet(
    paper: Paper,
    dossier: Dossier,
    spec: TableSpec,
    body: Sequence[Block],
    *,
    name: str,
    assessment: Assessment | None,
) -> Sheet:
    notes = (base_note(assessment),) if assessment else ()
    made = paper.sheet(dossier, spec, body, name=name, notes=notes)
    return replace(made, widths=(_WIDTH,) * COLUMNS, orientation=Orientation.LANDSCAPE)


def evaluation(paper: Paper, dossier: Dossier, assessment: Assessment, scheme: Scheme) -> list[Block]:
    """The rows that both forms have below their heads."""
    body: list[Block] = []
    if not has_planned_targets(dossier, assessment.project):
        own = (assessment.project or dossier).part(Goals)
        body += [paper.heading("年度绩效目标与指标"), _goals(paper, own), _INDICATORS]
    body += [
        *_execution(paper, assessment),
        paper.heading("指标完成情况"),
        *_results(paper, assessment),
        paper.heading("分单位完成情况"),
        _units(paper, assessment),
        *_closing(paper, assessment, scheme),
    ]
    return body


# --- lines and what they buy ----------------------------------------------------------------------


def activities(paper: Paper, dossier: Dossier, project: ProjectDossier) -> Region:
    """One row per activity with its budget and its spending in the year."""
    rows = []
    for activity in project.activities:
        row, owner = f"activity.{activity.key}", Address("activities", activity.key)
        filter = spent(project, activity=(activity.key,))
        adjusted = dossier.ledger.of_project(project.key).adjusted(filter)
        rows.append(
            Row(
                (
                    *paper.typed(row, owner, activity, (("name", 8),)),
                    paper.text(row, "economic", economic_classes(activity, dossier.codes), 8),
                    exact_amount(paper, row, "adjusted", adjusted, 3),
                    exact_amount(paper, row, "amount", activity.amount, 3, Lines(filter)),
                    *paper.typed(row, owner, activity, (("remark", 6),)),
                )
            )
        )
    head = (("项目活动", 8), ("支出经济分类", 8), ("全年预算数", 3), ("决算数", 3), ("备注", 6))
    fields = (
        ("name", 5),
        ("function", 4),
        ("economic", 4),
        ("fund", 4),
        ("from_carry_over", 2),
        ("adjusted", 3),
        ("amount", 3),
        ("remark", 3),
    )
    return region("activities", fields, rows or [paper.blank()], [headers(head)], amount="决算数")


def procurement(paper: Paper, project: ProjectDossier) -> Region:
    """The procurement items, with the amounts from small and medium enterprises."""
    rows = []
    for item in project.procurement:
        row, owner = f"procurement.{item.key}", Address("procurement", item.key)
        amounts = (("amount", 4), ("sme_amount", 5), ("micro_amount", 5))
        rows.append(
            Row(
                (
                    *paper.typed(row, owner, item, (("name", 10), ("quantity", 4))),
                    *(
                        exact_amount(
                            paper, row, name, getattr(item, name), columns, replace(owner, field=name)
                        )
                        for name, columns in amounts
                    ),
                )
            )
        )
    head = (("品名", 10), ("数量", 4), ("金额", 4), ("授予中小企业", 5), ("其中：小微企业", 5))
    fields = (
        ("name", 6),
        ("kind", 2),
        ("quantity", 2),
        ("fund", 4),
        ("amount", 3),
        ("sme_amount", 3),
        ("micro_amount", 3),
        ("service_category", 5),
    )
    return region("procurement", fields, rows or [paper.blank()], [headers(head)])


# --- goals that no budget set ---------------------------------------------------------------------


def _goals(paper: Paper, goals: Goals) -> Region:
    rows = [
        Row(
            (
                label(f"{Horizon.ANNUAL.label}{number}", _LABEL),
                *paper.typed(f"own.{goal.key}", Address("goals", goal.key), goal, (("text", _WHOLE),)),
            )
        )
        for number, goal in numbered(goals, Horizon.ANNUAL)
    ]
    return region("goals", (("horizon", 4), ("name", 6), ("text", 18)), rows or [paper.blank()])


_INDICATORS = region(
    "annual_indicators",
    (
        ("goal", 4),
        ("level1", 4),
        ("level2", 4),
        ("name", 6),
        ("value_before_last", 2),
        ("value_last", 2),
        ("value", 3),
        ("basis", 3),
    ),
)
"""Goals and indicators to be edited. They are printed with their results."""


# --- execution ------------------------------------------------------------------------------------


def _execution(paper: Paper, assessment: Assessment) -> list[Row]:
    """A, B, rate and score are computed, but a person may give another score with a reason."""
    execution = assessment.execution
    title = f"预算执行情况（{paper.unit.label}）（{points(execution.weight)}分）"
    head = (
        ("", 5),
        ("预算数（A）", 3),
        ("执行数（B）", 3),
        ("执行率（B/A）", 3),
        ("建议得分", 2),
        ("得分", 3),
        ("评分说明", 5),
    )
    about = {"执行率（B/A）": "rate", "得分": "execution_score", "评分说明": "execution_reason"}
    return [
        Row((label(title, _LABEL, rows=2), *_heading("evaluation", head, about).cells)),
        Row(
            (
                label(execution.label, 5),
                exact_amount(paper, "execution", "budget", execution.budget, 3),
                exact_amount(paper, "execution", "executed", execution.executed, 3, Lines(execution.spent)),
                rate_cell(paper, assessment, 3),
                score_cell(paper, "execution", "proposed", execution.proposed, 2),
                score_cell(
                    paper,
                    "execution",
                    "score",
                    execution.score,
                    3,
                    Address("evaluation", field="execution_score"),
                ),
                paper.text(
                    "execution",
                    "reason",
                    execution.reason,
                    5,
                    Address("evaluation", field="execution_reason"),
                ),
            )
        ),
    ]


# --- results --------------------------------------------------------------------------------------


def _heading(object: str, spans: Sequence[Span], names: Mapping[str, str]) -> Row:
    """Headers for the fields ``names`` of ``object``."""
    row = headers(spans)
    cells = (
        replace(cell, source=Address(object, field=names[title]) if title in names else None)
        for cell, (title, _) in zip(row.cells, spans, strict=True)
    )
    return replace(row, cells=tuple(cells))


def _results(paper: Paper, assessment: Assessment) -> Iterator[Row]:
    if not assessment.goals:
        yield paper.blank()
    for goal in assessment.goals:
        yield _goal(paper, assessment, goal)
        yield _heading("results", RESULTS, RESULT_FIELDS)
        for place, group in enumerate(goal.groups, 1):
            yield from _group(paper, group, f"goal.{goal.goal.key}", place)


def _goal(paper: Paper, assessment: Assessment, goal: AssessedGoal) -> Row:
    """The goal, its weight, and the total score of its indicators."""
    key = f"goal.{goal.goal.key}"
    return Row(
        (
            label(goal_title(assessment, goal.number), _LABEL),
            paper.text(key, "text", goal.goal.text, 12),
            label("权重", 2),
            score_cell(paper, key, "weight", goal.weight, 3, weight_field(goal.goal.key)),
            label("得分", 2),
            score_cell(paper, key, "score", goal.score, 5),
        )
    )


def _group(paper: Paper, group: Group, goal: str, place: int) -> Iterator[Row]:
    """The group's own row, then its indicators, beside the name of the 一级指标."""
    key = f"{goal}.{place}"
    given = allotted(group)
    said = "" if given is None else f"各指标权重合计{points(given)}分"
    yield Row(
        (
            replace(label(group.level1, 3, rows=len(group.rows) + 1), scope="rowgroup"),
            label("本级合计", 10),
            score_cell(paper, key, "weight", group.weight, 2, weight_field(group.key)),
            paper.text(key, "allotted", said, 8),
            score_cell(paper, key, "score", group.score, 2),
            Cell("", columns=3),
        )
    )
    yield from merge_equal([_result(paper, row) for row in group.rows], 1)


def _result(paper: Paper, row: AssessedIndicator) -> Row:
    """One indicator. An actual value that is combined from units' values is not typed here."""
    indicator, result = row.indicator, row.result
    key = f"indicator.{indicator.key}"
    name = label(indicator.name or indicator.content, 4)
    return Row(
        (
            label(indicator.level2, 3),
            replace(name, key=paper.key(key, "name")),
            paper.text(key, "target", indicator.value, 3),
            score_cell(paper, key, "weight", row.weight, 2, result_field(row, "weight")),
            paper.text(key, "actual", row.actual, 3, None if row.combined else result_field(row, "actual")),
            paper.text(key, "band", result.band.label if result.band else "", 3, result_field(row, "band")),
            paper.text(key, "proposed", proposal(row), 2),
            score_cell(paper, key, "score", row.score, 2, result_field(row, "score")),
            paper.text(key, "reason", result.reason, 3, result_field(row, "reason")),
        )
    )


def _units(paper: Paper, assessment: Assessment) -> Region:
    """The values of several units, which are combined before scoring."""
    rows = []
    for row in assessment.rows:
        for unit in row.units:
            key, owner = f"unit.{unit.key}", Address("units", unit.key)
            rows.append(
                Row(
                    (
                        paper.text(key, "indicator", row.indicator.name, 10),
                        *paper.typed(key, owner, unit, (("unit", 8), ("actual", 5))),
                        exact_amount(paper, key, "money", unit.money, 5, replace(owner, field="money")),
                    )
                )
            )
    return Region(
        "units",
        tuple(rows) or (paper.blank(),),
        fields=("indicator", "unit", "actual", "money"),
        columns=(10, 8, 5, 5),
        head=(headers((("指标", 10), ("单位", 8), ("实际完成值", 5), ("资金", 5))),),
    )


def _closing(paper: Paper, assessment: Assessment, scheme: Scheme) -> Iterator[Row]:
    """总分, then the texts; in a report (自评报告) also the result and the problems in words."""
    yield Row(
        (label("总分", _LABEL), score_cell(paper, "total", "score", assessment.total, _WHOLE)), total=True
    )
    report = (("绩效目标完成情况", "summary"), ("存在的问题", "problems")) if scheme.wrapped else ()
    for title, name in (*report, *TEXTS):
        text = getattr(assessment.evaluation, name)
        yield Row(
            (label(title, _LABEL), paper.text(name, "value", text, _WHOLE, Address("evaluation", field=name)))
        )
