"""What of a report the public may see: withheld projects (不予公开) become one nameless project a category.

Pure. Amounts keep fund, carry-over, function code and what the tables of “三公” read of the economic code, so
that every total of every table stands; names, texts, goals, histories, other economic codes and the number of
withheld projects do not leave; nor does the change that a reason was written for, which is between the
department and its reviewer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from ..domain.choices import Disclosure, ProjectCategory
from ..domain.dossier import Dossier, ProjectDossier
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
)

WITHHELD_NAME = "不予公开项目"
WITHHELD_ITEM = "不予公开"
R = TypeVar("R", ActivityLine, ProcurementItem)


def withheld_keys(dossier: Dossier) -> frozenset[str]:
    """The projects that the report must not tell of: withheld in it, or in the budget that it is compared with.

    One that is withheld in the budget alone is an error (DIS-1): until it is mended it is told of in neither. Of a
    project that is in neither the newest of the earlier years says whether it is withheld.
    """
    own = (dossier, *((dossier.budget,) if dossier.budget else ()))
    said = {p.key: p.withheld for report in reversed(dossier.earlier) for p in report.projects}
    said |= {p.key: False for report in own for p in report.projects}
    said |= {p.key: True for report in own for p in report.projects if p.withheld}
    return frozenset(key for key, withheld in said.items() if withheld)


def redact(dossier: Dossier) -> Dossier:
    """The public form of ``dossier``. What is withheld this year is withheld in its comparatives too."""
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
    stand_ins = (
        _stand_in(category, [p for p in dossier.projects if hidden(p) and p.identity.category == category])
        for category in ProjectCategory
    )
    return replace(
        dossier,
        parts={cls: _as_read(part) for cls, part in dossier.parts.items()},
        projects=shown + tuple(project for project in stand_ins if project),
    )


def _as_read(part: Any) -> Any:
    """A part without what was only noted for those who make and judge the report."""
    if isinstance(part, Explanations):
        return Explanations(reasons=tuple(replace(reason, change=None) for reason in part.reasons))
    return part


def _stand_in(category: ProjectCategory, projects: list[ProjectDossier]) -> ProjectDossier | None:
    """One project that stands for all of ``projects``."""
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
    """Whether its codes are not known to the end: only of archived years."""
    is_coarse = len(line.function) < ITEM or len(line.economic) < ECONOMIC_ITEM
    return is_coarse and not is_known_though_untold(line.key)


def _printed(line: ActivityLine) -> str:
    """What tables print of a project's economic code: whether it is one of the “三公”, nothing else.

    What is not known to the end stays as it is: last year's “三公” may be in it, or cannot be.
    """
    if _is_open(line):
        return line.economic
    return next((code for code in THREE_PUBLIC if line.economic.startswith(code)), "")


def _aggregated(
    rows: Iterable[R], group: Callable[[R], Hashable], added: Callable[[R, R], R], key: str
) -> tuple[R, ...]:
    """One row per group, keyed ``key-1``, ``key-2``… in the order of the groups: the first, the others ``added`` to it.

    The order of the projects and of their lines does not show.
    """
    sums: dict[Hashable, R] = {}
    for row in rows:
        name = group(row)
        sums[name] = added(sums[name], row) if name in sums else row
    return tuple(
        replace(sums[name], key=f"{key}-{number}") for number, name in enumerate(sorted(sums, key=str), 1)
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """None where neither is known."""
    return other if one is None else one if other is None else one + other
