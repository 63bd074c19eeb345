"""一般公共预算 of a budget: the total, 基本支出 with its parts, 项目支出 with every project, each 项 (A9–A11).

Pure. Options: ``list_drivers`` (`changes.slots_with_drivers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..domain.choices import Flow, Fund, ProjectCategory, Use
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.figures import THREE_PUBLIC
from ..domain.ledger import Filter
from ..domain.sheets import Lines
from .balance import GENERAL_USES
from .changes import RESTATED, restated, slots_of_change, slots_with_drivers
from .comparisons import compared_lines, compared_project, has_ever, is_new
from .document import Block, Sentence, Value
from .narrator import Narrator
from .sources import Sum, read
from .subjects import economic_names, subject_path, used_items
from .words import project_name

GENERAL = Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,))
BASIC = replace(GENERAL, use=(Use.BASIC,))
PROJECTS = replace(GENERAL, use=(Use.PROJECT,))
PERSONNEL, OPERATING = GENERAL_USES["basic.personnel"], GENERAL_USES["basic.operating"]
WAGES, BENEFITS = replace(BASIC, economic=("301",)), replace(BASIC, economic=("303",))
TRAVEL = replace(OPERATING, economic=("30239",))
"""其他交通费用, which text B calls 公务交通费."""

WORDING = {
    "total": (
        "{year}年一般公共预算财政拨款支出预算{total}，其中：当年预算{current}，上年结转{carried}[；当年预算{change}"
        "[，主要原因：{reason}][，其中：{drivers}]]。"
    ),
    "nothing": "{who}{year}年没有使用一般公共预算财政拨款安排的支出。",
    "basic": "基本支出{total}[，{change}[，主要原因：{reason}]]。",
    "personnel": "人员经费{total}[，{change}[，主要原因：{reason}]]。",
    "wages": "其中：工资福利支出{total}[，主要用于{names}]。",
    "benefits": "对个人和家庭的补助{total}[，主要用于{names}]。",
    "operating": "公用经费{total}[，{change}[，主要原因：{reason}]]。[主要用于{names}。]",
    "operating_parts": "",
    "projects": "项目支出{total}[，{change}[，主要原因：{reason}][，其中：{drivers}]]。",
    "project": "{name}{amount}[，{change}][，{new}][，变动原因：{reason}]。[主要内容：{content}。]",
    "unnamed": "未列明项目{amount}。",
    "new_project": "上年未立项",
    "subject": "{name}{amount}[，主要用于{uses}]。",
    "restated": RESTATED,
}


def total(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    if not has_ever(narrator.dossier, GENERAL):
        return narrator.paragraph("total", [narrator.say("nothing", "total")])
    current = replace(GENERAL, from_carry_over=False)
    said = narrator.say(
        "total",
        total=narrator.amount(Lines(GENERAL)),
        current=narrator.amount(Lines(current)),
        carried=narrator.amount(Lines(replace(GENERAL, from_carry_over=True))),
        **slots_with_drivers(narrator, compared_lines(narrator.dossier, current, "total"), current),
    )
    return narrator.paragraph("total", [said])


def basic(narrator: Narrator) -> Iterable[Block]:
    """基本支出, then a paragraph each for 人员经费 and 公用经费."""
    narrator = narrator.worded(WORDING)
    if not has_ever(narrator.dossier, BASIC):
        return
    yield from narrator.paragraph(
        "basic", [_compared(narrator, "basic", BASIC), *restated(narrator, "basic")]
    )
    yield from narrator.paragraph("personnel", _personnel(narrator))
    yield from narrator.paragraph(
        "operating", [_compared(narrator, "operating", OPERATING), _operating_parts(narrator)]
    )


def projects(narrator: Narrator) -> Iterable[Block]:
    """项目支出, then a list of the projects, in the order of 项目支出表."""
    narrator = narrator.worded(WORDING)
    if not has_ever(narrator.dossier, PROJECTS):
        return
    said = narrator.say(
        "projects",
        total=narrator.amount(Lines(PROJECTS)),
        **slots_with_drivers(narrator, compared_lines(narrator.dossier, PROJECTS, "project"), PROJECTS),
    )
    yield from narrator.paragraph("total", [said, *restated(narrator, "project")])
    yield from narrator.listing("projects", _projects(narrator))


def subjects(narrator: Narrator) -> Iterable[Block]:
    """Each functional 项 with its amount, and what the money in it is for: 基本支出, named projects."""
    narrator = narrator.worded(WORDING)
    said = (
        narrator.say(
            "subject",
            each.code,
            name=narrator.name(subject_path(narrator.dossier, each.code), Lines(each.filter)),
            amount=narrator.amount(Lines(each.filter)),
            uses=narrator.names(_uses(narrator.dossier, each.filter), Lines(each.filter)),
        )
        for each in used_items(narrator.dossier, GENERAL)
    )
    return narrator.listing("subjects", said)


def _uses(dossier: Dossier, scope: Filter) -> list[str]:
    """基本支出 if it has money in ``scope``, then the names of the projects that have."""
    basic = ["基本支出"] if dossier.ledger.total(replace(scope, use=(Use.BASIC,))) else []
    names = (
        project_name(project)
        for project in dossier.projects
        if dossier.ledger.total(replace(scope, project=(project.key,)))
    )
    return list(dict.fromkeys([*basic, *(name for name in names if name)]))


def _compared(narrator: Narrator, pattern: str, filter: Filter) -> Sentence | None:
    """A part of the basic expenditure beside last year's. Its headline figure has the key of the same name."""
    key = pattern if pattern == "basic" else f"basic.{pattern}"
    return narrator.say(
        pattern,
        total=narrator.amount(Lines(filter)),
        names=narrator.names(economic_names(narrator.dossier, filter), Lines(filter)),
        **slots_of_change(narrator, compared_lines(narrator.dossier, filter, key)),
    )


def _personnel(narrator: Narrator) -> Iterator[Sentence | None]:
    yield _compared(narrator, "personnel", PERSONNEL)
    for pattern, filter in (("wages", WAGES), ("benefits", BENEFITS)):
        yield narrator.say(
            pattern,
            total=narrator.listed(Lines(filter)),
            names=narrator.names(economic_names(narrator.dossier, filter), Lines(filter)),
        )


def _operating_parts(narrator: Narrator) -> Sentence | None:
    public = Lines(replace(OPERATING, economic=THREE_PUBLIC))
    daily = Sum((Lines(OPERATING),), (public, Lines(TRAVEL)))
    return narrator.say(
        "operating_parts",
        daily=narrator.amount(daily),
        public=narrator.amount(public),
        travel=narrator.amount(Lines(TRAVEL)),
    )


def _projects(narrator: Narrator) -> Iterator[Sentence | None]:
    for category in ProjectCategory:
        for project in narrator.dossier.projects:
            if project.identity.category == category:
                yield _project(narrator, project)
    unnamed = Lines(replace(PROJECTS, project=("",)))
    if read(narrator.dossier, unnamed):
        yield narrator.say("unnamed", amount=narrator.amount(unnamed))


def _project(narrator: Narrator, project: ProjectDossier) -> Sentence | None:
    """One project. Of withheld ones nothing but their amount."""
    amount = narrator.listed(Lines(replace(PROJECTS, project=(project.key,))))
    name = narrator.name(project_name(project), project.address("identity", field="name"))
    if project.withheld:
        return narrator.say("project", project.key, name=name, amount=amount, **dict.fromkeys(_TOLD))
    compared = compared_project(narrator.dossier, project)
    slots = slots_of_change(narrator, compared)
    return narrator.say(
        "project",
        project.key,
        name=name,
        amount=amount,
        new=narrator.phrase("new_project") if is_new(narrator.dossier, project) else None,
        content=_content(narrator, project),
        **slots,
    )


_TOLD = ("change", "new", "reason", "content")
"""Slots of a project that are empty of a withheld one."""


def _content(narrator: Narrator, project: ProjectDossier) -> Value | None:
    """主要支出方向和用途, else 项目实施方案."""
    fields = (narrator.typed(project.address("application", field=name)) for name in ("purpose", "plan"))
    return next((text for text in fields if text), None)
