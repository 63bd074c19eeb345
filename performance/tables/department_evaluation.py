"""部门整体绩效自评表: the printed form of the whole department, and the layout in which it is entered.

Pure. Options: none; weights and the scope of money are the profile's scheme (`performance.domain.schemes`).
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from budgets.domain.address import Address
from budgets.domain.choices import Use
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Cell, Lines, Row, Sheet
from performance.analysis.assessment import Assessment, assess, scheme_of

from . import evaluation_edit as edit
from .evaluation_cells import base_note, exact_amount
from .evaluation_print import closing_rows, execution_rows, goal_rows
from .paper import Paper, label

NAME = "整体绩效自评"


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    """The one sheet of the department."""
    paper = Paper(spec.key, unit)
    assessment, scheme = assess(dossier), scheme_of(dossier)
    if assessment is None or scheme is None:
        return [paper.sheet(dossier, spec, (paper.blank(),), name=NAME)]
    body: tuple[Block, ...] = (
        *_head(paper, dossier, assessment),
        *execution_rows(paper, assessment),
        *goal_rows(paper, assessment, scheme),
        *closing_rows(paper, assessment),
    )
    return [paper.sheet(dossier, spec, body, name=NAME, notes=(base_note(assessment),))]


def form(dossier: Dossier, project: ProjectDossier | None, spec: TableSpec, unit: Unit) -> Sheet:
    """The sheet in which it is entered. ``project`` is None, as in every form of the whole department."""
    paper = edit.paper(spec.key, unit)
    assessment, scheme = assess(dossier), scheme_of(dossier)
    body: list[Block] = []
    if assessment is not None and scheme is not None:
        body += _head(paper, dossier, assessment)
        body += edit.evaluation(paper, dossier, assessment, scheme)
    return edit.sheet(paper, dossier, spec, body or [paper.blank()], name=NAME, assessment=assessment)


def _head(paper: Paper, dossier: Dossier, assessment: Assessment) -> list[Row]:
    """单位名称 | 填报日期, 基本支出总额 | 项目支出总额; labels take a sixth of the width."""
    head = paper.columns // 6
    half = paper.columns // 2 - head
    filled = _date(assessment.evaluation.filled_on)

    def total(row: str, use: Use) -> Cell:
        spent = replace(assessment.execution.spent, use=(use,))
        return exact_amount(paper, row, "total", dossier.ledger.total(spent), half, Lines(spent))

    return [
        Row(
            (
                label("单位名称", head),
                paper.text("department", "name", dossier.header.department_name, half),
                label("填报日期", head),
                paper.text("filled_on", "value", filled, half, Address("evaluation", field="filled_on")),
            )
        ),
        Row(
            (
                label("基本支出总额", head),
                total("basic", Use.BASIC),
                label("项目支出总额", head),
                total("projects", Use.PROJECT),
            )
        ),
    ]


def _date(date: datetime.date | None) -> str:
    return f"{date.year}年{date.month}月{date.day}日" if date else ""
