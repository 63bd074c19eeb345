"""绩效自评 of final accounts: what was evaluated, the department's result, each project's, what follows (B17–B20, B23).

Pure. Options: none. Figures are those of the self-evaluation forms (`performance.analysis.assessment`). Withheld
projects have none in what is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund, Use
from budgets.domain.dossier import Dossier
from budgets.domain.figures import Base
from budgets.domain.ledger import Filter
from budgets.domain.money import trimmed
from budgets.domain.sheets import Lines
from budgets.narrative.document import Block, Kind, Sentence, Value
from budgets.narrative.narrator import Narrator
from budgets.narrative.sources import Budgeted, Source
from budgets.narrative.templates import Slot
from budgets.narrative.words import project_name

from ..analysis.assessment import Assessment, assess, assessments
from ..domain.schemes import Basis

GENERAL_PROJECTS = Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,), use=(Use.PROJECT,))

WORDING = {
    "work": (
        "{who}对{year}年度一般公共预算项目支出开展绩效自评，涉及项目{count}个，资金{amount}"
        "[，占一般公共预算项目支出总额的{share}]。"
    ),
    "nothing": "{who}{year}年度没有开展绩效自评的项目。",
    "department": "{who}开展整体支出绩效自评，涉及资金{executed}[，预算{budget}，预算执行率{rate}][，自评得分{score}分]。",
    "summary": "目标完成情况：{text}。",
    "problems": "存在的问题：{text}。",
    "causes": "偏差原因：{text}。",
    "project": (
        "{name}：[{basis}{budget}，]执行数{executed}[，执行率{rate}][，自评得分{score}分]。"
        "[完成情况：{summary}。][存在的问题：{problems}。][偏差原因：{causes}。][改进措施：{measures}。]"
    ),
    "application": "{text}。",
}

REMARKS = ("summary", "problems", "causes", "measures")
OF_DEPARTMENT = ("summary", "problems", "causes")
"""The department's measures stand under 结果应用."""


def work(narrator: Narrator) -> Iterable[Block]:
    """How many projects were evaluated, with which money, and its share of the project expenditure."""
    narrator = narrator.worded(WORDING)
    found = _of_projects(narrator.dossier)
    if not found:
        return narrator.paragraph("work", [narrator.say("nothing", "work")])
    keys = tuple(project.key for each in found if (project := each.project))
    money = Lines(Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,), project=keys))
    said = narrator.say(
        "work",
        count=Value(str(len(found)), Kind.COUNT, Address("evaluation"), len(found)),
        amount=narrator.amount(money),
        share=narrator.share(money, Lines(GENERAL_PROJECTS)),
    )
    return narrator.paragraph("work", [said])


def department(narrator: Narrator) -> Iterable[Block]:
    """The department's self-evaluation: money, rate, score, and what it says."""
    narrator = narrator.worded(WORDING)
    found = assess(narrator.dossier)
    if found is None or not found.is_begun:
        return narrator.paragraph("department", [])
    remarks = (
        narrator.say(name, text=narrator.typed(Address("evaluation", field=name))) for name in OF_DEPARTMENT
    )
    return narrator.paragraph(
        "department", [narrator.say("department", **_figures(narrator, found)), *remarks]
    )


def projects(narrator: Narrator) -> Iterable[Block]:
    """Each project's self-evaluation, in the order of the report."""
    narrator = narrator.worded(WORDING)
    return narrator.listing("projects", _projects(narrator))


def application(narrator: Narrator) -> Iterable[Block]:
    """How the results are used: the measures that the department's form names."""
    narrator = narrator.worded(WORDING)
    text = narrator.typed(Address("evaluation", field="measures"))
    return narrator.paragraph("application", [narrator.say("application", text=text)])


def _projects(narrator: Narrator) -> Iterator[Sentence | None]:
    for each in _of_projects(narrator.dossier):
        project = each.project
        if project is not None:
            remarks: dict[str, Slot] = {
                name: narrator.typed(project.address("evaluation", field=name)) for name in REMARKS
            }
            name = narrator.name(project_name(project), project.address("identity", field="name"))
            yield narrator.say("project", project.key, name=name, **_figures(narrator, each), **remarks)


def _of_projects(dossier: Dossier) -> list[Assessment]:
    """The self-evaluations that were begun, of projects that are published."""
    found = (each for each in assessments(dossier) if each.project and not each.project.withheld)
    return [each for each in found if each.is_begun]


def _figures(narrator: Narrator, found: Assessment) -> dict[str, Slot]:
    """``budget``, ``executed``, ``rate`` and ``score``; without a score while the form is incomplete."""
    spent, budget = Lines(found.execution.spent), _budget(narrator.dossier, found)
    return {
        "basis": "年初预算数" if _base(narrator.dossier, found) == Base.INITIAL else "全年预算数",
        "budget": narrator.amount(budget),
        "executed": narrator.amount(spent),
        "rate": narrator.share(spent, budget),
        "score": _score(found),
    }


def _budget(dossier: Dossier, found: Assessment) -> Source:
    return Budgeted(found.execution.spent, _base(dossier, found))


def _base(dossier: Dossier, found: Assessment) -> Base:
    """The base that the form counts: without an 全年预算 it is the initial budget."""
    is_adjusted = found.execution.basis == Basis.ADJUSTED
    known = dossier.ledger.adjusted(found.execution.spent) if is_adjusted else None
    return Base.INITIAL if known is None else Base.ADJUSTED


def _score(found: Assessment) -> Value | None:
    if found.lacking:
        return None
    source = Address("evaluation", project=found.project.key if found.project else "")
    return Value(trimmed(str(found.total)), Kind.SCORE, source, found.total)
