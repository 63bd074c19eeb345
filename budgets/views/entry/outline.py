"""The table of contents of a report: for each section its progress, findings and comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ...domain.choices import Choices
from ...domain.dossier import PROJECTS, Dossier
from ...models import Comment
from ...review.declarations import Declaration
from ...review.validation import Judged
from ...storage.sections import Section, project_section, report_sections
from .links import section_url


class Progress(Choices):
    DONE = "done", "已填写"
    PART = "part", "待补充"
    LACKING = "lacking", "未填写"
    """Empty, which is an error in this section."""
    EMPTY = "empty", "未填写"
    OPTIONAL = "optional", "没有可不填"
    DECLARED = "declared", "没有内容（已声明）"

    @property
    def sign(self) -> str:
        return {"done": "✓", "declared": "✓", "part": "●", "lacking": "✕"}.get(self.value, "○")

    @property
    def is_settled(self) -> bool:
        """Whether nothing more has to be filled in."""
        return self in (Progress.DONE, Progress.OPTIONAL, Progress.DECLARED)

    @property
    def is_blank(self) -> bool:
        """Whether the section is empty and not declared to be so."""
        return self in (Progress.LACKING, Progress.EMPTY, Progress.OPTIONAL)


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """One line of the contents. ``number`` counts projects from 1; ``children`` are the entries of the group."""

    key: str
    title: str
    url: str
    progress: Progress
    missing: tuple[str, ...] = ()
    findings: tuple[Judged, ...] = ()
    threads: tuple[Comment, ...] = ()
    number: int = 0
    children: tuple[OutlineEntry, ...] = ()
    declaration: Declaration | None = None

    @property
    def is_group(self) -> bool:
        return self.key == PROJECTS

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do in the section."""
        return self.progress.is_settled and not (self.errors or self.warnings or self.open_threads)

    @property
    def errors(self) -> int:
        return sum(judged.is_error for judged in self.findings)

    @property
    def warnings(self) -> int:
        """Warnings that still need an explanation."""
        return sum(judged.is_unexplained for judged in self.findings)

    @property
    def open_threads(self) -> int:
        return sum(thread.is_open for thread in self.threads)


def contents(
    report_id: int,
    dossier: Dossier,
    findings: Iterable[Judged],
    threads: Iterable[Comment],
    declarations: Mapping[str, Declaration],
) -> tuple[OutlineEntry, ...]:
    """The entries in order, the projects as one entry with children. ``declarations`` are by section."""
    findings, threads = tuple(findings), tuple(threads)

    def entry(section: Section, number: int = 0) -> OutlineEntry:
        declaration = declarations.get(section.key)
        missing = () if declaration else tuple(section.missing(dossier))
        found = tuple(f for f in findings if f.section == section.key)
        return OutlineEntry(
            key=section.key,
            title=section.title or "未命名项目",
            url=section_url(report_id, section.key),
            progress=_progress(section.holds(dossier), missing, found, declaration),
            missing=missing,
            findings=found,
            threads=tuple(t for t in threads if t.section == section.key),
            number=number,
            declaration=declaration,
        )

    def projects() -> OutlineEntry:
        profile = dossier.header.profile
        children = tuple(
            entry(project_section(profile, project.key, project.identity.name), number)
            for number, project in enumerate(dossier.projects, 1)
        )
        done = all(child.progress == Progress.DONE for child in children)
        own = tuple(f for f in findings if f.section == PROJECTS)
        declaration = declarations.get(PROJECTS)
        blank = _progress(False, (), own, declaration)
        return OutlineEntry(
            key=PROJECTS,
            title="项目",
            url=reverse("entry:projects", args=[report_id]),
            progress=blank if not children else Progress.DONE if done else Progress.PART,
            missing=tuple(
                f"{child.title}：{'、'.join(child.missing)}" for child in children if child.missing
            ),
            findings=tuple(f for child in children for f in child.findings) + own,
            threads=tuple(t for child in children for t in child.threads)
            + tuple(t for t in threads if t.section == PROJECTS),
            children=children,
            declaration=declaration,
        )

    out: list[OutlineEntry] = []
    for section in report_sections(dossier.header.profile):
        out.append(entry(section))
        if section.then_projects:
            out.append(projects())
    return tuple(out)


def _progress(
    filled: bool, missing: Sequence[str], findings: Sequence[Judged], declaration: Declaration | None
) -> Progress:
    """The progress of a section. An empty one is optional if nothing is missing and no finding is about it."""
    if filled:
        return Progress.PART if missing else Progress.DONE
    if declaration:
        return Progress.DECLARED
    if any(judged.is_error for judged in findings):
        return Progress.LACKING
    return Progress.EMPTY if missing or findings else Progress.OPTIONAL


def flat(entries: Iterable[OutlineEntry]) -> Iterator[OutlineEntry]:
    """Every entry in reading order, projects after their group."""
    for entry in entries:
        yield entry
        yield from entry.children


def find(entries: Iterable[OutlineEntry], key: str) -> OutlineEntry | None:
    return next((entry for entry in flat(entries) if entry.key == key), None)


def following(entries: Sequence[OutlineEntry], key: str) -> OutlineEntry | None:
    """The entry after ``key``, with the projects as one group; None after the last one."""
    keys = [entry.key for entry in entries]
    place = keys.index(key) + 1 if key in keys else len(keys)
    return entries[place] if place < len(keys) else None
