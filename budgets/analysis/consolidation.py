"""全区汇总: several departments' reports as one dossier, from which every table is built as usual.

Pure. A roll-up keeps each line's 预算单位. Keys of rows and projects are unique only within a department, so
the department's code is put in front of them: ``112001.general-affairs``. The parts of the header's profile say
what of them is united and what belongs to one department and is left out (duties, reasons, goals).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..domain.dossier import Dossier, Header, ProjectDossier
from ..domain.figures import headline, last_years, restated_figures
from ..domain.money import ZERO
from ..domain.profile import parts_of
from ..domain.schema import RestatedComparatives, RestatedFigure


def consolidate(dossiers: Sequence[Dossier], header: Header) -> Dossier:
    """Unite ``dossiers`` under ``header``.

    An earlier year unites the dossiers that have it, so it may cover fewer departments (see `without_year`).
    Raises ValueError if there is no dossier, several of one department, or one of another year or kind.
    """
    codes = [dossier.header.department_code for dossier in dossiers]
    if not codes or len(set(codes)) != len(codes):
        raise ValueError("汇总须有部门，且每个部门只有一份编报")
    if {(d.header.year, d.header.kind) for d in dossiers} != {(header.year, header.kind)}:
        raise ValueError("汇总的编报须是同一年度、同一种类")
    union = _union(dossiers, header)
    return replace(
        union,
        parts={**union.parts, RestatedComparatives: _restated(dossiers)},
        earlier=tuple(_earlier(dossiers, header)),
        budget=_together([d.budget for d in dossiers if d.budget], header),
    )


def without_year(dossiers: Iterable[Dossier], year: int) -> list[Dossier]:
    """The dossiers that know nothing of ``year``. In a comparison with it they stand on one side only."""
    return [dossier for dossier in dossiers if dossier.year(year) is None]


def _earlier(dossiers: Sequence[Dossier], header: Header) -> Iterable[Dossier]:
    years = sorted({d.header.year for dossier in dossiers for d in dossier.earlier}, reverse=True)
    for year in years:
        union = _together([d for d in (dossier.year(year) for dossier in dossiers) if d], header)
        if union:
            yield union


def _together(dossiers: Sequence[Dossier], header: Header) -> Dossier | None:
    """Unite reports of another year or kind, with the departments' data from ``header``; None without any."""
    if not dossiers:
        return None
    own = dossiers[0].header
    return _union(
        dossiers,
        replace(header, year=own.year, kind=own.kind, profile=own.profile, edition=own.edition),
    )


def _union(dossiers: Sequence[Dossier], header: Header) -> Dossier:
    of_reports, _ = parts_of(header.profile)
    members = tuple(_member(dossier, header.profile) for dossier in dossiers)
    united = {part.type: part.consolidate([d.part(part.type) for d in members]) for part in of_reports}
    return Dossier(
        header=header,
        parts={type: value for type, value in united.items() if value is not None},
        projects=tuple(project for member in members for project in member.projects),
        codes=dossiers[0].codes,
        members=members,
    )


# --- keys that are unique among departments -------------------------------------------------------


def _member(dossier: Dossier, profile: str) -> Dossier:
    """The report without earlier years, its department's code in front of the keys of what is united."""
    code = dossier.header.department_code
    of_reports, of_projects = parts_of(profile)
    return replace(
        dossier,
        parts={**dossier.parts, **_marked(dossier, of_reports, code)},
        projects=tuple(
            replace(
                project,
                key=_key(code, project.key),
                parts={**project.parts, **_marked(project, of_projects, code)},
            )
            for project in dossier.projects
        ),
        earlier=(),
        budget=None,
    )


def _marked(owner: Dossier | ProjectDossier, parts: Sequence[Any], code: str) -> dict[type, Any]:
    marked = {part: with_code(owner.part(part.type), code) for part in parts}
    return {part.type: value for part, value in marked.items() if part.consolidate([value]) is not None}


def with_code(value: Any, code: str) -> Any:
    """``value`` with the department's code in front of the keys of its rows and of the rows within them."""
    if isinstance(value, tuple):
        return tuple(with_code(item, code) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inner = {f.name: with_code(getattr(value, f.name), code) for f in fields(value)}
    return replace(
        value, **{name: _key(code, item) if name == "key" else item for name, item in inner.items()}
    )


def _key(code: str, key: str) -> str:
    """Prefix the key. Codes of departments contain no dot, so keys stay unique."""
    return f"{code}.{key}"


def _restated(dossiers: Sequence[Dossier]) -> RestatedComparatives:
    """Last year's figures that some department restated, with the other departments' figures as published.

    The sum is unknown where one of them is not wholly known.
    """
    figures = []
    for figure in headline(dossiers[0].header.kind):
        amounts, reasons = [], []
        for dossier in dossiers:
            own = restated_figures(dossier).get(figure.key)
            if own is not None:
                reasons.append(f"{dossier.header.department_name}：{own.reason}")
            if own is not None or dossier.previous is not None:
                amounts.append(own.amount if own else last_years(dossier, figure.filter))
        known = [amount for amount in amounts if amount is not None]
        if reasons and len(known) == len(amounts):
            figures.append(
                RestatedFigure(figure=figure.key, amount=sum(known, ZERO), reason="；".join(reasons))
            )
    return RestatedComparatives(figures=tuple(figures))
