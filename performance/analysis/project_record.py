"""A project's goals and results in one report: the part of performance in a project's account.

Pure. Budgets have goals and targets; final accounts also results and scores, from `assessment`.
"""

from __future__ import annotations

from budgets.analysis.project_record import Aim, Execution, Outcome, Remark, Result
from budgets.domain.dossier import Dossier, ProjectDossier

from ..domain.evaluation import Evaluation
from ..domain.goals import Goal, Indicator
from .assessment import AssessedGoal, AssessedIndicator, Assessment, assess, targets

REMARKS = (
    ("summary", "绩效目标完成情况"),
    ("problems", "存在的问题"),
    ("causes", "偏差大或目标未完成原因分析"),
    ("measures", "改进措施及结果应用方案"),
)


def outcome(dossier: Dossier, project: ProjectDossier) -> Outcome:
    """The annual goals of ``project``; in final accounts with an evaluation also results and scores."""
    assessment = assess(dossier, project)
    if assessment is None or not assessment.is_begun:
        return Outcome(aims=tuple(_planned(goal) for goal in targets(dossier, project).goals))
    return Outcome(
        aims=tuple(_evaluated(goal) for goal in assessment.goals),
        execution=_execution(assessment),
        score=assessment.total if _is_complete(assessment) else None,
        remarks=tuple(_remarks(assessment.evaluation)),
    )


def _is_complete(assessment: Assessment) -> bool:
    rows = list(assessment.rows)
    return bool(rows) and all(row.score is not None for row in rows)


def _planned(goal: Goal) -> Aim:
    return Aim(
        name=goal.name,
        text=goal.text,
        results=tuple(_target(indicator) for indicator in goal.indicators),
    )


def _evaluated(assessed: AssessedGoal) -> Aim:
    return Aim(
        name=assessed.goal.name,
        text=assessed.goal.text,
        weight=assessed.weight,
        score=assessed.score,
        results=tuple(_result(row) for row in assessed.rows),
    )


def _target(indicator: Indicator) -> Result:
    return Result(
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name or indicator.content,
        target=indicator.value,
    )


def _result(row: AssessedIndicator) -> Result:
    band = row.result.band
    planned = _target(row.indicator)
    return Result(
        level1=planned.level1,
        level2=planned.level2,
        name=planned.name,
        target=planned.target,
        actual=row.actual or (band.label if band else ""),
        score=row.score,
        reason=row.result.reason,
    )


def _execution(assessment: Assessment) -> Execution:
    execution = assessment.execution
    return Execution(
        money=execution.label,
        basis=execution.basis.label,
        budget=execution.budget,
        executed=execution.executed,
        rate=execution.rate,
        weight=execution.weight,
        score=execution.score,
        reason=execution.reason,
    )


def _remarks(evaluation: Evaluation) -> list[Remark]:
    said = ((title, getattr(evaluation, name)) for name, title in REMARKS)
    return [Remark(title=title, text=text) for title, text in said if text]
