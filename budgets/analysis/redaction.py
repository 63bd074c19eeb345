"""The public form of a report: withheld projects (不予公开) of a category become one nameless project.

Pure. Amounts keep fund, carry-over, function code, and of the economic code what the tables of “三公” read, so that
every total of every table stays the same. Names, texts, goals, histories, other economic codes and the number of
withheld projects are removed. So is the change for which a reason was written, which concerns only the department
and its reviewer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from ..domain.choices import Disclosure, ProjectCategory
from ..domain.dossier import Dossier, ProjectDossier, derived
from ..domain.figures import THREE_PUBLIC
from ..domain.ledger import ECONOMIC_ITEM, ITEM, OPEN, STAND_IN, is_known_though_untold
from ..domain.schema import (
    Activities,
    Activity,
    ActivityLine,
    Explanations,
    Identity,
    ProcurementItem,
    ProjectProcurement,
    Statement,
)

WITHHELD_NAME = "不予公开项目"
WITHHELD_ITEM = "不予公开"
R = TypeVar("R", ActivityLine, ProcurementItem)


def withheld_keys(dossier: Dossier) -> frozenset[str]:
    """Keys of the projects that must not be published: withheld in the report or in its budget.

    A project that only one of the two withholds is an error (DIS-1); until that is corrected, neither publishes it.
    For a project in neither of them, the newest earlier year decides.
    """
    own = (dossier, *((dossier.budget,) if dossier.budget else ()))
    said = {p.key: p.withheld for report in reversed(dossier.earlier) for p in report.projects}
    said |= {p.key: False for report in own for p in report.projects}
    said |= {p.key: True for report in own for p in report.projects if p.withheld}
    return frozenset(key for key, withheld in said.items() if withheld)


@derived
def redact(dossier: Dossier) -> Dossier:
    """The public form of ``dossier``. A project that is withheld this year is withheld in the comparatives too."""
    now = withheld_keys(dossier)
    return replace(
        _redacted(dossier, now),
        earlier=tuple(_redacted(before, now) for before in dossier.earlier),
        budget=_redacted(dossier.budget, now) if dossier.budget else None,
    )


def strings(data: Any) -> Iterator[str]:
    """Every text in JSON data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from strings(value)


def _redacted(dossier: Dossier, withheld_now: Collection[str]) -> Dossier:
    def hidden(project: ProjectDossier) -> bool:
        return project.withheld or project.key in withheld_now

    shown = tuple(project for project in dossier.projects if not hidden(project))
    hidden_keys = {*withheld_now, *(project.key for project in dossier.projects if project.withheld)}
    stand_ins = (
        _stand_in(category, [p for p in dossier.projects if hidden(p) and p.identity.category == category])
        for category in ProjectCategory
    )
    return replace(
        dossier,
        parts={cls: _as_read(part, hidden_keys) for cls, part in dossier.parts.items()},
        projects=shown + tuple(project for project in stand_ins if project),
    )


def _as_read(part: Any, hidden: Collection[str]) -> Any:
    """The part without notes that are only for the department and its reviewer, and without wording about ``hidden``
    projects."""
    if isinstance(part, Statement):
        shown = (each for each in part.rewordings if not _is_about(each.sentence, hidden))
        return replace(part, rewordings=tuple(shown))
    if isinstance(part, Explanations):
        return Explanations(reasons=tuple(replace(reason, change=None) for reason in part.reasons))
    return part


def _is_about(sentence: str, projects: Collection[str]) -> bool:
    """Whether the sentence with that key (``chapter.subject``) tells of one of ``projects``."""
    subject = sentence.partition(".")[2]
    return any(f".{key}." in f".{subject}." for key in projects)


def _stand_in(category: ProjectCategory, projects: list[ProjectDossier]) -> ProjectDossier | None:
    """Make one project that stands for all of ``projects``."""
    if not projects:
        return None
    key = f"{STAND_IN}{category.value}"
    given = [line for project in projects for activity in project.activities for line in activity.lines]
    lines = _lines([line for line in given if not _is_open(line)], f"{key}-line") + _lines(
        [line for line in given if _is_open(line)], f"{key}{OPEN.rstrip('-')}"
    )
    items = _aggregated(
        (
            replace(item, name=WITHHELD_ITEM, quantity="")
            for project in projects
            for item in project.procurement
        ),
        lambda item: (item.kind, item.fund, item.service_category),
        _items_added,
        f"{key}-item",
    )
    activity = Activity(key=f"{key}-activity", lines=lines)
    return ProjectDossier(
        key,
        {
            Identity: Identity(name=WITHHELD_NAME, category=category, disclosure=Disclosure.WITHHELD),
            Activities: Activities(activities=(activity,)),
            ProjectProcurement: ProjectProcurement(items=items),
        },
    )


def _lines(given: list[ActivityLine], key: str) -> tuple[ActivityLine, ...]:
    return _aggregated(
        (replace(line, economic=_printed(line)) for line in given),
        lambda line: (line.fund, line.from_carry_over, line.function, line.economic),
        _lines_added,
        key,
    )


def _lines_added(one: ActivityLine, other: ActivityLine) -> ActivityLine:
    return replace(one, amount=one.amount + other.amount, adjusted=_sum(one.adjusted, other.adjusted))


def _items_added(one: ProcurementItem, other: ProcurementItem) -> ProcurementItem:
    return replace(
        one,
        amount=one.amount + other.amount,
        sme_amount=one.sme_amount + other.sme_amount,
        micro_amount=one.micro_amount + other.micro_amount,
    )


def _is_open(line: ActivityLine) -> bool:
    """Whether its codes are incomplete, which occurs in archived years only."""
    is_coarse = len(line.function) < ITEM or len(line.economic) < ECONOMIC_ITEM
    return is_coarse and not is_known_though_untold(line.key)


def _printed(line: ActivityLine) -> str:
    """Reduce an economic code to what tables print of a project's: whether it is one of the “三公”.

    An incomplete code stays as it is, because it decides whether last year's “三公” may be in it.
    """
    if _is_open(line):
        return line.economic
    return next((code for code in THREE_PUBLIC if line.economic.startswith(code)), "")


def _aggregated(
    rows: Iterable[R], group: Callable[[R], Hashable], added: Callable[[R, R], R], key: str
) -> tuple[R, ...]:
    """Sum the rows of each group with ``added`` into one, keyed ``key-1``, ``key-2``… in the order of the groups.

    The result does not reveal the order of the projects and their lines.
    """
    sums: dict[Hashable, R] = {}
    for row in rows:
        name = group(row)
        sums[name] = added(sums[name], row) if name in sums else row
    return tuple(
        replace(sums[name], key=f"{key}-{number}") for number, name in enumerate(sorted(sums, key=str), 1)
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of the known amounts; None if neither is known."""
    return other if one is None else one if other is None else one + other
