"""A locality as data: its sections, tables, numbers, titles, units, checks and wording.

A profile is one module under `config/profiles/` with a `PROFILE`; `config.profiles` lists them, and `config.apps`
registers them here when the application starts. `budgets` therefore imports none of them, nor the apps that
contribute tables, checks and parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from .address import Address
from .choices import PostCategory, ReportKind
from .dossier import PROJECT, PROJECTS
from .findings import Check, CheckSettings, Finding
from .money import Unit
from .options import Option, in_words

if TYPE_CHECKING:
    from budgets.narrative.spec import NarrativeSpec

    from .dossier import Dossier, ProjectDossier
    from .sheets import Sheet


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """One table of a profile. ``build`` makes its sheets; ``form`` is for a table in whose layout something is edited:
    a project, or with None a whole section of the report.

    ``key`` is stable across years (``T05``); ``number`` and ``title`` are printed, the title after the year.
    """

    build: Callable[[Dossier, TableSpec, Unit], list[Sheet]]
    key: str
    number: str
    title: str
    unit: Unit = Unit.WAN
    options: Mapping[str, Any] = field(default_factory=dict)
    form: Callable[[Dossier, Any, TableSpec, Unit], Sheet] | None = None


@dataclass(frozen=True, kw_only=True)
class CheckSpec:
    """One rule of a profile, with this locality's severity and thresholds."""

    check: type[Check]
    settings: CheckSettings = CheckSettings()


@dataclass(frozen=True, kw_only=True)
class SectionSpec:
    """A section of the entry site: an ordered list of parts (`budgets.parts.base.Part`).

    ``form`` is the key of the table in whose layout a whole-report section is edited; empty means part by part.
    The projects stand behind the one section that has ``then_projects``, in the contents and wherever sections are
    listed.
    A ``required`` section must be filled in or declared to be empty (CMP-1). If `Profile.project` is required,
    the report must have a project.
    """

    key: str
    title: str
    parts: tuple[Any, ...]
    guidance: str = ""
    form: str = ""
    required: bool = False
    then_projects: bool = False


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything about a locality's report of one kind that is not code.

    ``word`` is 部门 or 单位; ``project`` is the section that every project has; ``project_form`` is the key of
    the table in which a project is edited. Empty: projects are edited part by part, and no sheet of one is published.
    """

    key: str
    title: str
    kind: ReportKind
    word: str
    sections: tuple[SectionSpec, ...]
    project: SectionSpec
    project_form: str
    tables: tuple[TableSpec, ...]
    checks: tuple[CheckSpec, ...]
    posts: tuple[PostCategory, ...]
    asset_kinds: tuple[str, ...]
    blank_zero: bool = False
    narrative: NarrativeSpec | None = None
    """The generated 说明 (`budgets.narrative.build`); None: the department attaches its own document."""
    checklist: tuple[tuple[str, str], ...] = ()
    """审核要点: (key, text) of each point that a reviewer judges before passing the report."""
    editors: Mapping[Any, Any] = field(default_factory=dict)
    """How parts are edited: editors (`budgets.forms.editors.Editor`) by part. A part without one is not edited."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Other settings that tables and checks of this locality read: lists of rows, wording, names of levels."""

    def table(self, key: str) -> TableSpec:
        return next(spec for spec in self.tables if spec.key == key)

    def section(self, key: str) -> SectionSpec:
        return next(section for section in self.sections if section.key == key)


_known: dict[str, Profile] = {}


def register(*profiles: Profile) -> None:
    """Make profiles known, in the order in which they are offered. Called when the application starts."""
    _known.update({profile.key: profile for profile in profiles})


def profile_keys() -> tuple[str, ...]:
    """The profiles that this installation knows, in the order in which they are offered."""
    return tuple(_known)


def get_profile(key: str) -> Profile:
    """The profile of that key; raises KeyError for one that nobody registered."""
    return _known[key]


def build_table(dossier: Dossier, spec: TableSpec, unit: Unit | None = None) -> list[Sheet]:
    """The sheets of one table, in the profile's unit or the one asked for."""
    return spec.build(dossier, spec, unit or spec.unit)


def build_tables(dossier: Dossier, unit: Unit | None = None) -> list[Sheet]:
    """Every sheet of the dossier's profile, in order."""
    profile = get_profile(dossier.header.profile)
    return [sheet for spec in profile.tables for sheet in build_table(dossier, spec, unit)]


def build_project_form(dossier: Dossier, project: ProjectDossier, unit: Unit | None = None) -> Sheet | None:
    """The sheet in which one project is edited, withheld or not; None where projects are edited part by part."""
    form = get_profile(dossier.header.profile).project_form
    return _build_form(dossier, project, form, unit) if form else None


def build_section_form(dossier: Dossier, key: str, unit: Unit | None = None) -> Sheet | None:
    """The sheet in which a whole-report section is edited; None where it is edited part by part."""
    form = get_profile(dossier.header.profile).section(key).form
    return _build_form(dossier, None, form, unit) if form else None


def _build_form(dossier: Dossier, project: ProjectDossier | None, table: str, unit: Unit | None) -> Sheet:
    spec = get_profile(dossier.header.profile).table(table)
    if spec.form is None:
        raise ImproperlyConfigured(f"{table} has no form")
    return spec.form(dossier, project, spec, unit or spec.unit)


@cache
def required_sections(key: str) -> Mapping[str, str]:
    """Titles by key of the sections that a profile requires, the projects last."""
    profile = get_profile(key)
    found = {spec.key: spec.title for spec in profile.sections if spec.required}
    return found | ({PROJECTS: profile.project.title} if profile.project.required else {})


def empty_sections(dossier: Dossier) -> dict[str, str]:
    """The `required_sections` that hold nothing. Their parts decide what that means (`Part.holds`)."""
    required = required_sections(dossier.header.profile)
    return {key: title for key, title in required.items() if not _holds(dossier, key)}


def declared_sections(dossier: Dossier) -> dict[str, str]:
    """The `empty_sections` that the department has declared to be empty."""
    return {key: title for key, title in empty_sections(dossier).items() if key in dossier.declared_empty}


def _holds(dossier: Dossier, key: str) -> bool:
    if key == PROJECTS:
        return bool(dossier.projects)
    spec = get_profile(dossier.header.profile).section(key)
    return any(part.holds(dossier.part(part.type)) for part in spec.parts)


@cache
def parts_of(key: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The parts of a profile (`budgets.parts.base.Part`): of a report, and of its projects."""
    profile = get_profile(key)
    return tuple(part for spec in profile.sections for part in spec.parts), profile.project.parts


@cache
def sections_by_object(key: str) -> Mapping[str, str]:
    """The sections of a profile by the objects that their parts hold, those of projects apart.

    Raises ImproperlyConfigured where two parts of one owner claim an object, a rule has findings about an object that
    no part holds, or the projects have no place.
    """
    profile = get_profile(key)
    if sum(spec.then_projects for spec in profile.sections) != 1:
        raise ImproperlyConfigured(f"{key}: one section, and no more, must have then_projects")
    _claims(key, [profile.project])
    found = _claims(key, profile.sections)
    for rule, check in rules(key).items():
        for name in getattr(check, "objects", ()):
            if name not in found:
                raise ImproperlyConfigured(f"{key}: {rule} is about {name}, which no part holds")
    return found


def _claims(key: str, sections: Iterable[SectionSpec]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for spec in sections:
        for part in spec.parts:
            for name in part.objects:
                if name in found:
                    raise ImproperlyConfigured(f"{key}: {name} is claimed in {found[name]} and in {spec.key}")
                found[name] = spec.key
    return found


def section_of(dossier: Dossier, address: Address) -> str:
    """The key of the entry section that holds ``address``; empty where the profile has no such part."""
    if address.project:
        return PROJECT + address.project
    return sections_by_object(dossier.header.profile).get(address.object, "")


@cache
def rules(key: str) -> Mapping[str, type[Check]]:
    """The checks of a profile by rule, in order."""
    return {spec.check.id: spec.check for spec in get_profile(key).checks}


@cache
def known_rules() -> Mapping[str, type[Check]]:
    """The rules of every profile."""
    return {rule: check for key in profile_keys() for rule, check in rules(key).items()}


def options_of(rule: str) -> tuple[Option, ...]:
    """What of a rule can be set; nothing of one that no profile has."""
    return getattr(known_rules().get(rule), "options", ())


def thresholds(rule: str, given: Mapping[str, Any]) -> str:
    """The stored thresholds of a rule in words (`options.in_words`)."""
    return in_words(options_of(rule), given)


def own_value(key: str, rule: str, option: Option) -> Any:
    """The value of a rule's option in that profile: the profile's, else the rule's. Raises KeyError without that rule."""
    settings = {spec.check.id: spec.settings for spec in get_profile(key).checks}
    return settings[rule].options.get(option.name, option.default)


def rule_called(rule: str, key: str) -> str:
    """A rule by its number and title, as the profile of that key has it: ``BAL-1 收支平衡``."""
    check = rules(key).get(rule)
    return f"{rule} {check.title}" if check else rule


def run_checks(
    dossier: Dossier, settings: Mapping[str, CheckSettings] | None = None, skipped: Collection[str] = ()
) -> list[Finding]:
    """Run all checks of the dossier's profile; returns their findings rule by rule.

    ``settings`` of a rule override the profile's, option by option. ``skipped`` rules are not run.
    """
    out: list[Finding] = []
    for spec in get_profile(dossier.header.profile).checks:
        check = spec.check()
        if check.id not in skipped:
            found = check.run(dossier, spec.settings.overridden((settings or {}).get(check.id)))
            out += (_placed(dossier, finding) for finding in found)
    return out


def _placed(dossier: Dossier, finding: Finding) -> Finding:
    if finding.section or finding.address is None:
        return finding
    return replace(finding, section=section_of(dossier, finding.address))
