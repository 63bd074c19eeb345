"""全区汇总: several departments' reports as one dossier, from which every table is built as usual.

Pure. A roll-up keeps each line's 预算单位. Keys of rows and projects are unique only within a department, so
the department's code is put in front of them: ``112001.general-affairs``. Duties, reasons and goals belong to
one department and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from ..domain.choices import PostCategory
from ..domain.dossier import Dossier, Header, ProjectDossier
from ..domain.figures import headline, last_years, restated_figures
from ..domain.money import ZERO
from ..domain.schema import (
    Activities,
    Activity,
    AssetHolding,
    Assets,
    Expenditure,
    Income,
    OperatingProcurement,
    Post,
    ProjectProcurement,
    RestatedComparatives,
    RestatedFigure,
    Staffing,
    ThreePublicDetail,
)


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
    members = tuple(_marked(dossier) for dossier in dossiers)
    return Dossier(
        header=header,
        parts={
            Income: Income(lines=tuple(line for d in members for line in d.part(Income).lines)),
            Expenditure: Expenditure(
                lines=tuple(line for d in members for line in d.part(Expenditure).lines)
            ),
            Staffing: _staffing([d.part(Staffing) for d in members]),
            OperatingProcurement: OperatingProcurement(
                items=tuple(item for d in members for item in d.part(OperatingProcurement).items)
            ),
            Assets: _assets([d.part(Assets) for d in members]),
            ThreePublicDetail: _detail([d.part(ThreePublicDetail) for d in members]),
        },
        projects=tuple(project for d in members for project in d.projects),
        codes=dossiers[0].codes,
        members=members,
    )


# --- keys that are unique among departments -------------------------------------------------------


def _marked(dossier: Dossier) -> Dossier:
    """The report without earlier years, its department's code in front of every key."""
    code = dossier.header.department_code
    return replace(
        dossier,
        parts={
            **dossier.parts,
            Income: Income(lines=_rows(dossier.part(Income).lines, code)),
            Expenditure: Expenditure(lines=_rows(dossier.part(Expenditure).lines, code)),
            OperatingProcurement: OperatingProcurement(
                items=_rows(dossier.part(OperatingProcurement).items, code)
            ),
        },
        projects=tuple(_marked_project(project, code) for project in dossier.projects),
        earlier=(),
        budget=None,
    )


def _marked_project(project: ProjectDossier, code: str) -> ProjectDossier:
    tasks: tuple[Activity, ...] = _rows(project.activities, code)
    return replace(
        project,
        key=_key(code, project.key),
        parts={
            **project.parts,
            Activities: Activities(
                activities=tuple(replace(task, lines=_rows(task.lines, code)) for task in tasks)
            ),
            ProjectProcurement: ProjectProcurement(items=_rows(project.procurement, code)),
        },
    )


def _rows(rows: tuple[Any, ...], code: str) -> tuple[Any, ...]:
    return tuple(replace(row, key=_key(code, row.key)) for row in rows)


def _key(code: str, key: str) -> str:
    """Prefix the key. Codes of departments contain no dot, so keys stay unique."""
    return f"{code}.{key}"


# --- what is summed -------------------------------------------------------------------------------


def _staffing(each: Sequence[Staffing]) -> Staffing:
    used = {post.category for staffing in each for post in staffing.posts}
    return Staffing(
        posts=tuple(
            Post(
                category=category,
                authorised=sum(staffing.post(category).authorised for staffing in each),
                filled=sum(staffing.post(category).filled for staffing in each),
            )
            for category in PostCategory
            if category in used
        ),
        honorary_retirees=sum(staffing.honorary_retirees for staffing in each),
        retirees=sum(staffing.retirees for staffing in each),
    )


def _assets(each: Sequence[Assets]) -> Assets:
    holdings = [holding for assets in each for holding in assets.holdings]
    return Assets(
        holdings=tuple(
            AssetHolding(
                key=f"asset{number}",
                kind=kind,
                quantity=sum(holding.quantity for holding in holdings if holding.kind == kind),
            )
            for number, kind in enumerate(dict.fromkeys(holding.kind for holding in holdings), 1)
        )
    )


def _detail(each: Sequence[ThreePublicDetail]) -> ThreePublicDetail:
    """Add up counts and amounts. Purposes are each department's own and left out."""
    names = [field.name for field in fields(ThreePublicDetail) if field.default != ""]
    return ThreePublicDetail(**{name: sum(getattr(detail, name) for detail in each) for name in names})


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
