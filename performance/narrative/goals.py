"""绩效目标 of a budget: what has goals, and the money that they cover (A18).

Pure. Options: none. Withheld projects have no goals in what is published, and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.ledger import Filter
from budgets.domain.sheets import Lines
from budgets.narrative.document import Block, Kind, Pieces, Value
from budgets.narrative.narrator import Narrator
from budgets.narrative.templates import joined
from budgets.narrative.words import project_name

from ..domain.goals import Goals, Horizon

WORDING = {
    "goals": "{year}年预算支出全部纳入绩效管理，设置了{goals}[，涉及一般公共预算当年财政拨款{amount}]。",
    "whole": "整体支出绩效目标",
    "projects": "{count}个项目支出绩效目标",
    "project": "{name}{amount}",
    "nothing": "",
}


def build(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    own = [project for project in narrator.dossier.projects if _has_goals(project)]
    goals = (
        narrator.phrase("whole") if _has_goals(narrator.dossier) else None,
        narrator.phrase("projects", count=_count(own)) if own else None,
    )
    said = narrator.say(
        "goals",
        goals=joined(goals, "和"),
        amount=_covered(narrator, own),
        items=joined((_project(narrator, project) for project in own), "，"),
    )
    return narrator.paragraph("goals", [said or narrator.say("nothing")])


def _count(projects: Sequence[ProjectDossier]) -> Value:
    return Value(str(len(projects)), Kind.COUNT, Address("goals"), len(projects))


def _project(narrator: Narrator, project: ProjectDossier) -> Pieces | None:
    """One project with its expenditure of all funds."""
    name = narrator.name(project_name(project), project.address("identity", field="name"))
    spent = Lines(Filter(flow=(Flow.EXPENDITURE,), project=(project.key,)))
    return narrator.phrase("project", name=name, amount=narrator.amount(spent))


def _covered(narrator: Narrator, projects: Sequence[ProjectDossier]) -> Value | None:
    """The money of this year's 一般公共预算 in projects with goals."""
    covered = Filter(
        flow=(Flow.EXPENDITURE,),
        fund=(Fund.GENERAL,),
        from_carry_over=False,
        project=tuple(project.key for project in projects),
    )
    return narrator.amount(Lines(covered)) if projects else None


def _has_goals(owner: Dossier | ProjectDossier) -> bool:
    return bool(owner.part(Goals).of(Horizon.ANNUAL))
