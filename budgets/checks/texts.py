"""Every free text of a dossier with the way to its field, for the text rules. Pure.

Texts are found by walking the parts, so texts of other apps' parts (goals, indicators) are included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, get_type_hints

from budgets.domain.choices import FISCAL, Fund
from budgets.domain.dossier import Dossier, ProjectDossier, derived
from budgets.domain.findings import Spot
from budgets.domain.profile import section_of
from budgets.domain.schema import (
    Assets,
    Expenditure,
    Explanations,
    History,
    Income,
    OperatingProcurement,
    ProjectProcurement,
    RestatedComparatives,
    ThreePublicDetail,
)
from budgets.domain.sheets import Field

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_OBJECTS: dict[type, str] = {
    Income: "income",
    Expenditure: "expenditure",
    OperatingProcurement: "procurement",
    ProjectProcurement: "procurement",
    Assets: "assets",
    ThreePublicDetail: "three_public",
    Explanations: "explanations",
    RestatedComparatives: "restated",
    History: "history",
}
"""The object of a part's rows in a `Field`, where it is not the name of the tuple that holds them."""

_NO_TEXT = frozenset({"key", "code", "function", "economic", "figure", "indicator", "phone", "postcode"})

REMEMBERED = 4096
"""How many squeezed texts are cached, a few hundred KB for each report. Several rules and every page read them."""

SCOPES: tuple[tuple[Fund, ...], ...] = ((), FISCAL, *((fund,) for fund in Fund))
"""The money that a sentence of final accounts may be about: all, fiscal, or one fund's."""

_BLANKS = re.compile(r"[^\S\n]+")
_CLAUSE = re.compile(r"[。；;，,！!？?\n]+")


@dataclass(frozen=True, slots=True)
class FreeText:
    """One text that somebody typed. ``project`` is its project's key, empty outside of projects."""

    section: str
    project: str
    place: str
    field: Field
    title: str
    text: str

    @property
    def clean(self) -> str:
        """The text in half-width characters without blanks, as the rules compare it."""
        return squeeze(self.text)

    @property
    def of_basics(self) -> bool:
        """Whether it stands in 基本情况, its duties and tasks included."""
        return not self.project and self.field.object.partition("/")[0] in ("basics", "duties", "tasks")

    @property
    def spot(self) -> Spot:
        return Spot(self.section, self.place, self.field)


@derived
def free_texts(dossier: Dossier) -> tuple[FreeText, ...]:
    """Every text of the report, part by part, then those of each project."""
    found: list[FreeText] = []
    for part in dossier.parts.values():
        found += _part(part, section_of(dossier, _object(part)), "", "")
    for project in dossier.projects:
        found += project_texts(project)
    return tuple(found)


@derived
def project_texts(project: ProjectDossier) -> tuple[FreeText, ...]:
    """Every text of one project."""
    return tuple(
        text
        for part in project.parts.values()
        for text in _part(part, project.section, project.key, project.identity.name)
    )


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    """``text`` in half-width characters, without any blanks except line ends."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=REMEMBERED)
def clauses(text: str) -> tuple[str, ...]:
    """The parts of a squeezed text between commas and stops."""
    return tuple(clause for clause in _CLAUSE.split(text) if clause)


def _part(part: DataclassInstance, section: str, project: str, place: str) -> Iterator[FreeText]:
    yield from _row(part, _OBJECTS.get(type(part), ""), _object(part), section, project, place)


def _object(part: DataclassInstance) -> str:
    """The object of the fields of a part itself."""
    return _OBJECTS.get(type(part), type(part).__name__.lower())


def _row(
    row: DataclassInstance, rows: str, name: str, section: str, project: str, place: str
) -> Iterator[FreeText]:
    """The texts of ``row``, then those of the rows within it.

    ``name`` is the row's own object; ``rows`` is what the rows within it are called.
    """
    for attribute, title in _attributes(type(row)):
        value = getattr(row, attribute)
        if type(value) is str:
            if value and title:
                where = f"{place}—{title}" if place else title
                yield FreeText(section, project, where, Field(name, attribute), title, value)
        elif isinstance(value, tuple):
            for child in value:
                if is_dataclass(child) and not isinstance(child, type):
                    yield from _row(child, "", f"{rows or attribute}/{_key(child)}", section, project, place)


@cache
def _attributes(cls: type) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of row with their titles; fields that are not text have no title."""
    titles = _titles(cls)
    return tuple((field.name, "" if field.name in _NO_TEXT else titles[field.name]) for field in fields(cls))


def _key(row: Any) -> str:
    for name in ("key", "category", "figure", "year"):
        if hasattr(row, name):
            return str(getattr(row, name))
    return ""


def _titles(cls: type) -> dict[str, str]:
    hints = get_type_hints(cls, include_extras=True)
    return {
        name: next((m.title for m in getattr(hint, "__metadata__", ()) if getattr(m, "title", None)), name)
        for name, hint in hints.items()
    }


__all__ = ["SCOPES", "FreeText", "clauses", "free_texts", "project_texts", "squeeze"]
