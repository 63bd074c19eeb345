"""一般公共预算财政拨款支出 of final accounts: total, structure, every 项 against its budget, 基本支出 (B5–B8).

Pure. Options: none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ...domain.dossier import Dossier, derived
from ...domain.figures import (
    COMPLETION,
    Base,
    Comparison,
    Figure,
    compare_with_budget,
    completion,
    subject_of,
)
from ...domain.ledger import Filter
from ...domain.sheets import Lines
from ..changes import RESTATED, restated, slots_of_change
from ..comparisons import compared_figure, has_ever, reason_at
from ..document import Block, Pieces, Sentence, Value
from ..general import BASIC, GENERAL, OPERATING, PERSONNEL, PROJECTS
from ..narrator import Narrator
from ..sources import Budgeted, Source
from ..subjects import economic_names, named_classes, subject_path, used_items
from ..templates import Slot, joined
from ..words import project_name

MOST_USES = 3
"""So many 项 are named of what a 类 is used for."""

WORDING = {
    "total": (
        "{year}年度一般公共预算财政拨款支出{total}[，占本年支出合计的{share}][，{change}[，主要原因：{reason}]]。"
    ),
    "nothing": "{who}{year}年度没有一般公共预算财政拨款支出。",
    "class": "{name}{amount}[，占{share}][，主要用于{uses}]。",
    "completion": (
        "{year}年度一般公共预算财政拨款支出[年初预算{initial}，]决算{actual}[，完成年初预算的{rate}]。"
        "其中：基本支出{basic}，项目支出{project}。"
    ),
    "projects": "项目支出主要用于：{items}。",
    "project": "{name}{amount}",
    "subject": (
        "{name}：[年初预算{initial}，]支出决算{actual}[，完成年初预算的{rate}]"
        "[，决算数{versus}年初预算数[，主要原因：{reason}]]。"
    ),
    "basic": "{year}年度一般公共预算财政拨款基本支出{total}。",
    "personnel": "人员经费{total}[，主要包括：{names}]。",
    "operating": "公用经费{total}[，主要包括：{names}]。",
    "restated": RESTATED,
}


def total(narrator: Narrator) -> Iterable[Block]:
    """The total beside all expenditure and beside last year's."""
    narrator = narrator.worded(WORDING)
    if not has_ever(narrator.dossier, GENERAL):
        return narrator.paragraph("total", [narrator.say("nothing", "total")])
    compared, spent = compared_figure(narrator.dossier, "general"), compared_figure(narrator.dossier, "total")
    said = narrator.say(
        "total",
        total=narrator.amount(compared.now),
        share=narrator.share(compared.now, spent.now),
        **slots_of_change(narrator, compared),
    )
    return narrator.paragraph("total", [said, *restated(narrator, "general")])


def structure(narrator: Narrator) -> Iterable[Block]:
    """Each functional 类 with its share, and the 项 that most of it goes to."""
    narrator = narrator.worded(WORDING)
    classes = (
        narrator.say(
            "class",
            each.code or "unspecified",
            name=each.name,
            amount=narrator.amount(Lines(each.filter)),
            share=narrator.share(Lines(each.filter), Lines(GENERAL)),
            uses=_uses(narrator, each.filter),
        )
        for each in named_classes(narrator.dossier, "function", GENERAL)
    )
    return narrator.listing("classes", classes)


def specific(narrator: Narrator) -> Iterable[Block]:
    """The whole against the initial budget, and its projects."""
    narrator = narrator.worded(WORDING)
    if not _comparisons(narrator.dossier) and not len(narrator.dossier.ledger.where(GENERAL)):
        return narrator.paragraph("total", [])
    whole = narrator.say(
        "completion",
        basic=narrator.amount(Lines(BASIC)),
        project=narrator.amount(Lines(PROJECTS)),
        **_slots_of_completion(narrator, COMPLETION),
    )
    return narrator.paragraph("total", [whole, narrator.say("projects", items=_projects(narrator))])


def subjects(narrator: Narrator) -> Iterable[Block]:
    """Every 项 that was budgeted or spent, against its initial budget; a reason where they differ."""
    narrator = narrator.worded(WORDING)
    return narrator.listing("subjects", _subjects(narrator))


def basic(narrator: Narrator) -> Iterable[Block]:
    """基本支出 with the names of the 款 that have money."""
    narrator = narrator.worded(WORDING)
    if not len(narrator.dossier.ledger.where(BASIC)):
        return narrator.paragraph("basic", [])
    parts = (("personnel", PERSONNEL), ("operating", OPERATING))
    return narrator.paragraph(
        "basic",
        [
            narrator.say("basic", total=narrator.amount(Lines(BASIC))),
            *(_named(narrator, pattern, filter) for pattern, filter in parts),
        ],
    )


def _named(narrator: Narrator, pattern: str, filter: Filter) -> Sentence | None:
    names = narrator.names(economic_names(narrator.dossier, filter), Lines(filter))
    return narrator.say(pattern, total=narrator.listed(Lines(filter)), names=names)


def _uses(narrator: Narrator, scope: Filter) -> Value | None:
    ledger = narrator.dossier.ledger
    found = sorted(used_items(narrator.dossier, scope), key=lambda each: -ledger.total(each.filter))
    names = [each.name.text for each in found[:MOST_USES]]
    return narrator.names(list(dict.fromkeys(names)), Lines(scope))


def _projects(narrator: Narrator) -> Pieces | None:
    """Each project with its spending, in the order of the report."""
    return joined(
        (
            narrator.phrase(
                "project",
                name=narrator.name(project_name(project), project.address("identity", field="name")),
                amount=narrator.listed(Lines(replace(PROJECTS, project=(project.key,)))),
            )
            for project in narrator.dossier.projects
        ),
        "，",
    )


def _subjects(narrator: Narrator) -> Iterator[Sentence | None]:
    for figure in completion(narrator.dossier):
        code = subject_of(figure.key)
        if code and _is_told(narrator.dossier, figure):
            yield narrator.say(
                "subject",
                code,
                name=narrator.name(subject_path(narrator.dossier, code), Lines(figure.filter)),
                **_slots_of_completion(narrator, figure),
            )


def _is_told(dossier: Dossier, figure: Figure) -> bool:
    """Whether anything was budgeted or spent; a reason alone is told of nothing."""
    reports = (dossier, *((dossier.budget,) if dossier.budget else ()))
    return any(line.amount for report in reports for line in report.ledger.where(figure.filter))


@derived
def _comparisons(dossier: Dossier) -> Mapping[str, Comparison]:
    return {comparison.figure.key: comparison for comparison in compare_with_budget(dossier)}


def _slots_of_completion(narrator: Narrator, figure: Figure) -> dict[str, Slot]:
    """A figure against the initial budget, where that tells it."""
    actual, found = Lines(figure.filter), _comparisons(narrator.dossier).get(figure.key)
    initial: Source = Budgeted(figure.filter, Base.INITIAL) if found else None
    versus = narrator.versus(actual, initial)
    return {
        "initial": narrator.amount(initial),
        "actual": narrator.amount(actual),
        "rate": narrator.share(actual, initial),
        "versus": versus,
        "reason": narrator.typed(reason_at(narrator.dossier, figure)) if versus else None,
    }
