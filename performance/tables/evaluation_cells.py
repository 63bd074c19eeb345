"""Cells of the self-evaluation forms, and the words for weights, scores and proposals.

Pure. Amounts of execution are printed exactly (``62.745`` 万元), so that an amount reads the same everywhere. Points
have no trailing zeros.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgets.domain.address import Address
from budgets.domain.choices import ProjectAttribute, ProjectType
from budgets.domain.dossier import ProjectDossier
from budgets.domain.money import half_up, plain
from budgets.domain.sheets import Cell, Role, Source
from performance.analysis.assessment import AssessedIndicator, Assessment, Group
from performance.domain.evaluation import Points
from performance.domain.schemes import Scheme, Scope
from performance.domain.values import Direction

from .paper import Paper

TICKED, UNTICKED = "☑", "□"
BY_PERSON = "自行评分"
"""The text in place of a proposal if the note leaves the score to a person."""


def points(value: Decimal) -> str:
    """``20``, ``11.58``."""
    return str(Points(value))


def weighted(text: str, weight: Decimal | None, shown: bool = True) -> str:
    """``成本指标（20分）``; the bare text if the weight is unknown or not printed."""
    return text if weight is None or not shown else f"{text}（{points(weight)}分）"


def score_cell(
    paper: Paper, row: str, column: str, value: Decimal | None, columns: int, source: Source = None
) -> Cell:
    """A weight or score as a number; None is blank."""
    shown = None if value is None else Decimal(points(value))
    return Cell(shown, Role.COUNT, 1, columns, paper.key(row, column), source)


def exact_amount(
    paper: Paper, row: str, column: str, value: Decimal | None, columns: int, source: Source = None
) -> Cell:
    """``value`` in 元, shown exactly in the form's unit; None (unknown) is blank."""
    shown = None if value is None else Decimal(plain(value, paper.unit))
    return Cell(shown, Role.AMOUNT, 1, columns, paper.key(row, column), source)


def rate_cell(paper: Paper, assessment: Assessment, columns: int) -> Cell:
    """执行率."""
    return Cell(assessment.execution.rate, Role.PERCENT, 1, columns, paper.key("execution", "rate"))


@dataclass(frozen=True)
class Boxes:
    """A choice with a box beside each term. ``field`` is one of `budgets.domain.schema.Identity`."""

    title: str
    field: str
    ticks: str


def boxes(project: ProjectDossier, scheme: Scheme | None) -> Iterator[Boxes]:
    """Of 项目类别, 项目属性 and 项目类型.

    A 项目类别 that the locality does not name gets a box if the project is of that kind, since a form without a ticked
    box would hide it.
    """
    identity = project.identity
    programmes = dict(scheme.programmes) if scheme else {}
    programmes.setdefault(identity.programme, identity.programme.label)
    yield Boxes("项目类别", "programme", _ticked(programmes, identity.programme))
    yield Boxes("项目属性", "attribute", _ticked(dict(ProjectAttribute.pairs()), identity.attribute))
    yield Boxes("项目类型", "type", _ticked(dict(ProjectType.pairs()), identity.type))


def _ticked(labels: Mapping[Any, str], chosen: object) -> str:
    """``1、持续性项目☑　2、新增性项目□``."""
    return "　".join(
        f"{number}、{label}{TICKED if value == chosen else UNTICKED}"
        for number, (value, label) in enumerate(labels.items(), 1)
    )


def base_note(assessment: Assessment) -> str:
    """The meaning of A and B, which differs between localities."""
    execution = assessment.execution
    money = "财政拨款（含结转）" if execution.scope == Scope.FISCAL else "全部资金（含结转）"
    return f"预算数（A）为{execution.basis.label}，执行数（B）为决算数，口径均为{money}。"


def goal_title(assessment: Assessment, number: int) -> str:
    """``年度绩效目标1``; without a number if it is the project's only goal."""
    only = assessment.project is not None and len(assessment.goals) == 1
    return "年度绩效目标" if only else f"年度绩效目标{number}"


def result_field(row: AssessedIndicator, name: str) -> Address:
    return Address("results", row.indicator.key, name)


def weight_field(key: str) -> Address:
    """The field of a goal's or a group's weight."""
    return Address("weights", key, "weight")


def allotted(group: Group) -> Decimal | None:
    """The sum of the known weights of the group's indicators; None if none is known."""
    known = [row.weight for row in group.rows if row.weight is not None]
    return sum(known, Decimal(0)) if known else None


def proposal(row: AssessedIndicator) -> str:
    """The note's proposal: a score, with the reason if it is not full, or the range of the chosen band."""
    if not row.has_actual and row.result.band is None:
        return ""
    if row.weight is None and (row.achieved is not None or row.result.band is not None):
        return "未填权重"
    if row.proposed is not None:
        share = row.achieved
        if share is None or share == 1:
            return points(row.proposed)
        return f"{points(row.proposed)}（达成{half_up(share * 100, 2)}%）"
    if row.allowed is not None:
        end = "" if row.allowed.closes else "（不含）"
        return f"{points(row.allowed.least)}至{points(row.allowed.most)}{end}"
    return BY_PERSON


def is_missed(row: AssessedIndicator) -> bool:
    """Whether the actual value misses a quantitative target."""
    share = row.achieved
    return share is not None and share < 1 and row.target.direction in (Direction.FLOOR, Direction.CEILING)
