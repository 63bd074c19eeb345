"""A report's sections, each a list of parts.

The profile defines the sections and parts. Everything that handles a report walks them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ValidationError

from ..changes.wording import Types
from ..domain.dossier import PROJECT, Dossier, ProjectDossier
from ..domain.problems import problems_of
from ..domain.profile import get_profile
from ..models import ProjectApplication, Report
from ..parts.base import Part


@dataclass(frozen=True)
class Section:
    """One section as the entry site shows it. ``project`` is the project's key in a section of a project."""

    key: str
    title: str
    parts: tuple[Part[Any, Any], ...]
    guidance: str = ""
    project: str = ""
    then_projects: bool = False

    def content(self, dossier: Dossier) -> dict[str, Any]:
        """The section as JSON by part key, as a version stores it."""
        owner: Dossier | ProjectDossier | None = dossier.project(self.project) if self.project else dossier
        return {part.key: part.dump(owner.part(part.type) if owner else part.type()) for part in self.parts}

    def holds(self, dossier: Dossier) -> bool:
        """Whether anything is filled in."""
        owner = dossier.project(self.project) if self.project else dossier
        return owner is not None and any(part.holds(owner.part(part.type)) for part in self.parts)

    def missing(self, dossier: Dossier) -> list[str]:
        """The things, in Chinese, that a complete report still needs in this section."""
        project = dossier.project(self.project) if self.project else None
        return [item for part in self.parts for item in part.missing(dossier, project)]


@dataclass(frozen=True)
class SectionValues:
    """What a section holds: the dataclass of each part, and its ``json``, as a version stores it; both by part key.

    Read once from what was entered; from there on it is written and compared.
    """

    values: Mapping[str, Any]
    json: Mapping[str, Any]

    @classmethod
    def of(cls, section: Section, values: Mapping[str, Any]) -> SectionValues:
        return cls(values, {part.key: part.dump(values[part.key]) for part in section.parts})

    @classmethod
    def parse(cls, section: Section, content: Mapping[str, Any]) -> SectionValues:
        """Read JSON by part key. Raises `SectionInvalid`."""
        values, messages = {}, []
        for part in section.parts:
            try:
                values[part.key] = part.parse(content.get(part.key, {}))
            except ValidationError as error:
                messages += [f"{part.title}：{problem.message}" for problem in problems_of(error)]
        if messages:
            raise SectionInvalid(messages)
        return cls.of(section, values)


class SectionInvalid(ValueError):
    """A section's JSON cannot be read; ``messages`` are Chinese and name the parts."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("；".join(messages))
        self.messages = messages


@cache
def report_sections(profile_key: str) -> tuple[Section, ...]:
    """The whole-report sections of a profile, in order."""
    return tuple(
        Section(
            use.key,
            use.title,
            use.parts,
            use.guidance,
            then_projects=use.then_projects,
        )
        for use in get_profile(profile_key).sections
    )


@cache
def report_parts(profile_key: str) -> tuple[Part[Any, Report], ...]:
    return tuple(part for section in report_sections(profile_key) for part in section.parts)


@cache
def project_parts(profile_key: str) -> tuple[Part[Any, ProjectApplication], ...]:
    return get_profile(profile_key).project.parts


def part_types(profile_key: str) -> tuple[Types, Types]:
    """Title and dataclass of every part by its key: of a report, and of its projects."""
    whole, single = report_parts(profile_key), project_parts(profile_key)
    return (
        {part.key: (part.title, part.type) for part in whole},
        {part.key: (part.title, part.type) for part in single},
    )


def project_section(profile_key: str, project: str, title: str = "") -> Section:
    """The section of one project."""
    use = get_profile(profile_key).project
    return Section(PROJECT + project, title or use.title, project_parts(profile_key), use.guidance, project)


def section_by_key(profile_key: str, key: str) -> Section | None:
    """The section with that key, of any project; None if the profile has none."""
    if key.startswith(PROJECT):
        return project_section(profile_key, key.removeprefix(PROJECT))
    return next((section for section in report_sections(profile_key) if section.key == key), None)


def find_section(dossier: Dossier, key: str) -> Section | None:
    """The section with that key; None if the report has no such section or project."""
    profile_key = dossier.header.profile
    if key.startswith(PROJECT):
        project = dossier.project(key.removeprefix(PROJECT))
        return project_section(profile_key, project.key, project.identity.name) if project else None
    return next((section for section in report_sections(profile_key) if section.key == key), None)


def all_sections(dossier: Dossier) -> Iterator[Section]:
    """Every section of a report, the projects where the profile places them."""
    profile_key = dossier.header.profile
    projects = [project_section(profile_key, p.key, p.identity.name) for p in dossier.projects]
    for section in report_sections(profile_key):
        yield section
        if section.then_projects:
            yield from projects
