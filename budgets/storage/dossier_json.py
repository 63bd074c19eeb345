"""A dossier as exchange JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.choices import DepartmentKind, ReportKind, Status
from ..domain.dossier import Classification, Dossier, Header, ProjectDossier
from ..domain.profile import declared_sections
from .sections import project_parts, report_parts

FORMAT = "yangguang-budget/1"


def dump_dossier(dossier: Dossier) -> dict[str, Any]:
    """The report as exchange JSON, without its earlier years."""
    head = dossier.header
    declared = list(declared_sections(dossier))
    return {
        "format": FORMAT,
        "kind": head.kind.value,
        "year": head.year,
        "profile": head.profile,
        "edition": head.edition,
        "district": {"code": head.district_code, "name": head.district_name},
        "department": {
            "code": head.department_code,
            "name": head.department_name,
            "kind": head.department_kind.value,
        },
        **({"declared_empty": declared} if declared else {}),
        **{part.key: part.dump(dossier.part(part.type)) for part in report_parts(head.profile)},
        "projects": [
            {"key": project.key}
            | {part.key: part.dump(project.part(part.type)) for part in project_parts(head.profile)}
            for project in dossier.projects
        ],
    }


def parse_dossier(
    data: Mapping[str, Any], codes: Classification, *, status: Status = Status.PUBLISHED, revision: int = 1
) -> Dossier:
    """Exchange JSON as a dossier. Trusts the data: `budgets.exchange.importing` checks what is uploaded."""
    head = Header(
        kind=ReportKind(data["kind"]),
        year=data["year"],
        profile=data["profile"],
        district_code=data["district"]["code"],
        district_name=data["district"]["name"],
        department_code=data["department"]["code"],
        department_name=data["department"]["name"],
        department_kind=DepartmentKind(data["department"]["kind"]),
        edition=data["edition"],
        status=status,
        revision=revision,
    )
    return Dossier(
        header=head,
        parts={part.type: part.parse(data.get(part.key, {})) for part in report_parts(head.profile)},
        projects=tuple(
            ProjectDossier(
                project["key"],
                {part.type: part.parse(project.get(part.key, {})) for part in project_parts(head.profile)},
            )
            for project in data.get("projects", ())
        ),
        codes=codes,
        declared_empty=frozenset(data.get("declared_empty", ())),
    )
