"""Every free text of a dossier with the way to its field, for the text rules. Pure.

Texts are found by walking the parts, so texts of other apps' parts (goals, indicators) are included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, get_type_hints

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Fund
from budgets.domain.dossier import Dossier, ProjectDossier, derived
from budgets.domain.findings import Spot
from budgets.domain.profile import parts_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_NO_TEXT = frozenset({"code", "figure", "phone", "postcode", "sentence", "original"})
"""Names of fields that hold no text. What has to have a form, a key or the code of a subject, is none either."""

REMEMBERED = 4096
"""How many squeezed texts are cached, a few hundred KB for each report. Several rules and every page read them."""

SCOPES: tuple[tuple[Fund, ...], ...] = ((), FISCAL, *((fund,) for fund in Fund))
"""The money that a sentence of final accounts may be about: all, fiscal, or one fund's."""

_BLANKS = re.compile(r"[^\S\n]+")
_CLAUSE = re.compile(r"[。；;，,！!？?\n]+")


@dataclass(frozen=True, slots=True)
class FreeText:
    """One text that somebody typed."""

    place: str
    address: Address
    title: str
    text: str

    @property
    def clean(self) -> str:
        """The text in half-width characters without blanks, as the rules compare it."""
        return squeeze(self.text)

    @property
    def project(self) -> str:
        """The key of its project; empty outside of projects."""
        return self.address.project

    @property
    def object(self) -> str:
        """What its field belongs to, without the row."""
        return self.address.object

    @property
    def of_basics(self) -> bool:
        """Whether it stands in 基本情况, its duties and tasks included."""
        return not self.project and self.object in ("basics", "duties", "tasks")

    @property
    def spot(self) -> Spot:
        return Spot(self.place, self.address)


@derived
def free_texts(dossier: Dossier) -> tuple[FreeText, ...]:
    """Every text of the report, part by part, then those of each project."""
    whole, single = parts_of(dossier.header.profile)
    found = [text for part in whole for text in _texts(dossier, part)]
    found += [text for project in dossier.projects for part in single for text in _texts(project, part)]
    return tuple(found)


@derived
def texts_by_project(dossier: Dossier) -> Mapping[str, Sequence[FreeText]]:
    """The texts of each project by its key; those of the whole report under an empty one."""
    found: dict[str, list[FreeText]] = {"": [], **{project.key: [] for project in dossier.projects}}
    for text in free_texts(dossier):
        found[text.project].append(text)
    return found


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    """``text`` in half-width characters, without any blanks except line ends."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=REMEMBERED)
def clauses(text: str) -> tuple[str, ...]:
    """The parts of a squeezed text between commas and stops."""
    return tuple(clause for clause in _CLAUSE.split(text) if clause)


def _texts(owner: Dossier | ProjectDossier, part: Any) -> Iterator[FreeText]:
    """The texts of one part. Its rows are called by its only object, or by the tuple that holds them."""
    value = owner.parts.get(part.type)
    if value is None:
        return
    own, *others = part.objects
    of = owner if isinstance(owner, ProjectDossier) else None
    project, place = (of.key, of.identity.name) if of else ("", "")
    yield from _row(value, "" if others else own, Address(own, project=project), place)


def _row(row: DataclassInstance, rows: str, own: Address, place: str) -> Iterator[FreeText]:
    """The texts of ``row``, then those of the rows within it.

    ``own`` is the row's own address; ``rows`` is what the rows within it are called.
    """
    for attribute, title in _attributes(type(row)):
        value = getattr(row, attribute)
        if type(value) is str:
            if value and title:
                where = f"{place}—{title}" if place else title
                yield FreeText(where, replace(own, field=attribute), title, value)
        elif isinstance(value, tuple):
            for child in value:
                if is_dataclass(child) and not isinstance(child, type):
                    address = Address(rows or attribute, _key(child), project=own.project)
                    yield from _row(child, "", address, place)


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
    """The title of each field, its name if it has none; empty for a text that has to have a form."""
    hints = get_type_hints(cls, include_extras=True)
    return {name: _title(name, getattr(hint, "__metadata__", ())) for name, hint in hints.items()}


def _title(name: str, metadata: Sequence[Any]) -> str:
    limits = [limit for info in metadata for limit in getattr(info, "metadata", ())]
    if any(getattr(limit, "pattern", None) for limit in limits):
        return ""
    return next((info.title for info in metadata if getattr(info, "title", None)), name)


__all__ = ["SCOPES", "FreeText", "clauses", "free_texts", "squeeze", "texts_by_project"]
