"""项目绩效自评表: one sheet per evaluated project. It is entered in another layout.

Pure. Options: none; the profile's scheme (`performance.domain.schemes`) has the weights, which of them are printed, and
the tick boxes. Withheld projects have no public sheet; `form` lays out any project.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from budgets.domain.address import Address
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Cell, Row, Sheet
from budgets.tables.wording import period
from performance.analysis.assessment import Assessment, assess, scheme_of
from performance.domain.schemes import Scheme

from . import evaluation_edit as edit
from .evaluation_cells import base_note, boxes
from .evaluation_print import closing_rows, execution_rows, goal_rows
from .paper import Paper, label


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    """One sheet per public project with a self-evaluation, in the order of the report; without any, one that says so."""
    evaluated = shown(dossier)
    scheme = scheme_of(dossier)
    if scheme is None or not evaluated:
        paper = Paper(spec.key, unit)
        is_waiting = any(found.goals for _, found in _public(dossier))
        said = "的项目绩效自评还没有填写" if is_waiting else "没有公开的项目绩效自评"
        note = f"{period(dossier)}{said}。"
        return [paper.sheet(dossier, spec, (paper.blank(),), name=spec.title, notes=(note,))]
    return [
        _printed(dossier, project, assessment, scheme, replace(spec, number=f"{spec.number}-{number}"), unit)
        for number, (project, assessment) in enumerate(evaluated, 1)
    ]


def shown(dossier: Dossier) -> list[tuple[ProjectDossier, Assessment]]:
    """The public projects with an evaluation."""
    return [(project, found) for project, found in _public(dossier) if found.is_begun]


def _public(dossier: Dossier) -> Iterator[tuple[ProjectDossier, Assessment]]:
    for project in dossier.projects:
        found = None if project.withheld else assess(dossier, project)
        if found is not None:
            yield project, found


def form(dossier: Dossier, project: ProjectDossier, spec: TableSpec, unit: Unit) -> Sheet:
    """The sheet in which ``project`` is entered: its lines, its procurement, and its self-evaluation."""
    paper = edit.paper(f"{spec.key}.{project.key}", unit)
    assessment, scheme = assess(dossier, project), scheme_of(dossier)
    body: list[Block] = [
        *_identity(paper, project, scheme),
        paper.heading("项目支出决算明细"),
        edit.activities(paper, dossier, project),
        paper.heading("项目采购"),
        edit.procurement(paper, project),
    ]
    if assessment is not None and scheme is not None:
        body += edit.evaluation(paper, dossier, assessment, scheme)
    return edit.sheet(paper, dossier, spec, body, name=project.identity.name, assessment=assessment)


def _printed(
    dossier: Dossier,
    project: ProjectDossier,
    assessment: Assessment,
    scheme: Scheme,
    spec: TableSpec,
    unit: Unit,
) -> Sheet:
    paper = Paper(f"{spec.key}.{project.key}", unit)
    body: tuple[Block, ...] = (
        *_identity(paper, project, scheme),
        *execution_rows(paper, assessment),
        *goal_rows(paper, assessment, scheme),
        *closing_rows(paper, assessment),
    )
    return paper.sheet(dossier, spec, body, name=project.identity.name, notes=(base_note(assessment),))


def _identity(paper: Paper, project: ProjectDossier, scheme: Scheme | None) -> list[Row]:
    """项目名称, 主管部门 and 项目实施单位, and the tick boxes; labels take a sixth of the width."""
    head = paper.columns // 6
    whole, half = paper.columns - head, paper.columns // 2 - head
    application = project.application

    def text(name: str, value: str, columns: int, owner: str = "identity") -> Cell:
        return paper.text(name, "value", value, columns, Address(owner, field=name))

    return [
        Row((label("项目名称", head), text("name", project.identity.name, whole))),
        Row(
            (
                label("主管部门", head),
                text("authority", application.authority, half, "application"),
                label("项目实施单位", head),
                text("executing_unit", application.executing_unit, half, "application"),
            )
        ),
        *(
            Row((label(each.title, head), text(each.field, each.ticks, whole)))
            for each in boxes(project, scheme)
        ),
    ]
