"""The base of all parts, and their work with rows: read all at once, write the differences.

Exchange, entry pages, completeness, copying forward and history walk the parts of the profile. None of them knows a
part by name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, get_args, get_type_hints

from django.db import models
from django.db.models import F
from pydantic import TypeAdapter

from ..classification.codes import Codes
from ..domain.choices import Choices, ReportKind
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.problems import PartError
from ..domain.types import new_key
from .bulk_read import Reading

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from django.db.models import Model, QuerySet

T = TypeVar("T")
D = TypeVar("D", bound="DataclassInstance")
Owner = TypeVar("Owner", bound="Model")
Json = Any


@dataclass(frozen=True)
class Headline:
    """A figure that represents a part on other pages. ``value`` is printed; empty means that there is none yet.

    ``key`` identifies it within the part. Scripts of the part's page use the key to update the figure.
    """

    key: str
    title: str
    value: str


class Part(ABC, Generic[T, Owner]):
    """One part of its owner: of a `Report` or, in parts of projects, of a `ProjectApplication`.

    ``T`` is the dataclass in which its values come.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    objects: ClassVar[tuple[str, ...]]
    """What its fields belong to (`sheets.Field.object` without the row), its rows and itself. No other part of the same
    owner has an object of that name: the section of a field is found by it."""
    keyed: ClassVar[tuple[str, ...]] = ()
    """The lists, by their name in the exchange JSON, whose rows have keys that are unique in the whole report."""
    type: type[T]
    given: ClassVar[frozenset[str]] = frozenset()
    """Names of fields that do not count as filled in: they say what a row is about, or have a value before anybody
    types. Keys of rows never count."""

    @cached_property
    def adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self.type)

    def dump(self, value: T) -> Json:
        """``value`` as exchange JSON, defaults left out."""
        return self.adapter.dump_python(value, mode="json", exclude_defaults=True)

    def parse(self, data: Json) -> T:
        """Read exchange JSON; raises pydantic's ValidationError."""
        return self.adapter.validate_python(data)

    def reads(self, owners: Sequence[Owner]) -> tuple[QuerySet[Any], ...]:
        """The querysets of the rows of ``owners``, for `budgets.parts.bulk_read`; empty if the owners hold everything.

        They depend on the ids of ``owners`` and on nothing else: they are compiled once for other owners too.
        """
        return ()

    @abstractmethod
    def values(self, owners: Sequence[Owner], *rows: Sequence[Any]) -> dict[int, T]:
        """Values by owner id, from the rows of each queryset of `reads`."""

    def write(self, owner: Owner, value: T, codes: Codes) -> None:
        """Store ``value`` in the rows of ``owner``, matched by key. Raises `PartError`."""
        self.rewrite(owner, value, codes, *read_parts({self: [owner]})[self])

    @abstractmethod
    def rewrite(self, owner: Owner, value: T, codes: Codes, *rows: Sequence[Any]) -> None:
        """Like `write`, with the ``rows`` that `reads` found for ``owner`` in this transaction."""

    @abstractmethod
    def consolidate(self, values: Sequence[T]) -> T | None:
        """Unite the values of several departments, for 全区汇总; None for what belongs to one department alone.

        The keys of rows begin with the department's code, so none is there twice.
        """

    def copy_forward(self, value: T, year: int) -> T:
        """Make the start of ``year`` from last year's ``value``. By default all of it is kept."""
        return value

    def settle(self, value: T, year: int) -> T:
        """Make the start of the final accounts of ``year`` from its budget's ``value``. By default all of it is
        kept."""
        return value

    def carry_in(self, value: T, last: Dossier) -> T:
        """Add the carry-over from ``last`` year's final accounts to the ``value`` of new ones."""
        return value

    def lapse(self, value: T, years: int) -> T:
        """Adjust a copied ``value`` of a project that was missing in the last ``years`` (1 or more)."""
        return value

    def resume(self, value: T, year: int) -> T:
        """Make the start in the final accounts of ``year`` from an earlier year's ``value``, for a project that the
        year's budget does not have. By default copied forward into a budget and settled from there."""
        return self.settle(self.copy_forward(value, year), year)

    def duplicate(self, value: T) -> T:
        """Make the start of another project from the ``value`` of one. By default all of it is kept under new
        keys."""
        return with_new_keys(value)

    def carries_on(self, value: T) -> bool:
        """Whether the project with ``value`` is carried into the next year."""
        return True

    def headlines(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[Headline]:
        """Figures about the part besides its money, with the same keys for every project."""
        return []

    def holds(self, value: T) -> bool:
        """Whether anything is filled in. Zeros, blanks, choices and `given` fields do not count."""
        return _says(value, {"key", *self.given})

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        """The things, in Chinese, that a complete report still needs here."""
        return []


def _says(value: object, given: Collection[str]) -> bool:
    if isinstance(value, tuple):
        return any(_says(item, given) for item in value)
    if is_dataclass(value):
        return any(_says(getattr(value, f.name), given) for f in fields(value) if f.name not in given)
    if isinstance(value, bool | Choices):
        return False
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def with_new_keys(value: T) -> T:
    """``value`` with new keys for its rows and the rows within them. A part whose rows refer to each other has to
    fix the references itself."""
    if isinstance(value, tuple):
        return cast(T, tuple(with_new_keys(item) for item in value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inner = {f.name: with_new_keys(getattr(value, f.name)) for f in fields(value)}
    return replace(value, **{name: new_key() if name == "key" else item for name, item in inner.items()})


def load_parts(owners: Mapping[Part[Any, Any], Sequence[Model]]) -> dict[Part[Any, Any], dict[int, Any]]:
    """The values of each part by owner id, all in one query."""
    rows = read_parts(owners)
    return {part: part.values(of, *rows[part]) if of else {} for part, of in owners.items()}


def read_parts(
    owners: Mapping[Part[Any, Any], Sequence[Model]],
) -> dict[Part[Any, Any], tuple[list[Any], ...]]:
    """The rows of each part, all in one query; none at all for a part without owners."""
    return dict(zip(owners, read_rows(list(owners.items())), strict=True))


def read_rows(wanted: Sequence[tuple[Part[Any, Any], Sequence[Model]]]) -> list[tuple[list[Any], ...]]:
    """For each part and its owners the rows, all in one query. A part may be wanted twice, of different owners."""
    asked = [(part, of, _at_least(len(of))) for part, of in wanted if of]
    read, counts = _reading(tuple((part, type(of[0]), size) for part, of, size in asked))
    ids = [of[min(at, len(of) - 1)].pk for _, of, size in asked for at in range(size)]
    rows = iter(read.rows({-1 - at: pk for at, pk in enumerate(ids)}) if read else ())
    number = iter(counts)
    return [tuple(next(rows) for _ in range(next(number) if of else 0)) for _, of in wanted]


def _at_least(number: int) -> int:
    """Up to 64 the next power of two, so that few queries are compiled for many numbers of owners."""
    return 1 << (number - 1).bit_length() if 0 < number <= 64 else number


@lru_cache(maxsize=512)
def _reading(
    asked: tuple[tuple[Part[Any, Any], type[Model], int], ...],
) -> tuple[Reading | None, Sequence[int]]:
    """The compiled query, and the number of querysets of each part. Owners are stood in for by -1, -2, …"""
    stand_ins = count(-1, -1)
    reads = [part.reads([model(pk=next(stand_ins)) for _ in range(size)]) for part, model, size in asked]
    querysets = [queryset for of_part in reads for queryset in of_part]
    return Reading(querysets) if querysets else None, [len(of_part) for of_part in reads]


def grouped(rows: Iterable[Any], owner: str) -> dict[int, list[Any]]:
    """Rows by the id of their owner, in their own order."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, f"{owner}_id")].append(row)
    return groups


@cache
def _vocabularies(cls: type) -> dict[str, type[Choices]]:
    """The fields of a dataclass that hold a term of a closed list, with the list."""
    found = {}
    for name, hint in get_type_hints(cls).items():
        for candidate in (hint, *get_args(hint)):
            if isinstance(candidate, type) and issubclass(candidate, Choices):
                found[name] = candidate
    return found


def as_dataclass(cls: type[D], row: Model, **given: Any) -> D:
    """``row`` as a dataclass of the same field names, terms as enumerations; ``given`` wins."""
    terms = _vocabularies(cls)
    values = {f.name: getattr(row, f.name) for f in fields(cls) if f.name not in given}
    for name in terms.keys() & values.keys():
        values[name] = terms[name](values[name]) if values[name] else None
    return cls(**values, **given)


def columns(value: Any, *apart: str) -> dict[str, Any]:
    """The fields of a dataclass as values for a row, but for its lists and for those ``apart``."""
    return {name: getattr(value, name) for name in scalars(value.__class__) if name not in apart}


@cache
def scalars(cls: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass that hold no rows."""
    return tuple(field.name for field in fields(cls) if field.default != ())


CODES = {"function_code": F("function__code"), "economic_code": F("economic__code")}
"""Annotations of a line of money: the codes of its subjects, or None."""


def sync(
    model: type[models.Model],
    rows: Iterable[Any],
    fixed: Mapping[str, Any],
    values: Iterable[Mapping[str, Any]],
    identity: str = "key",
) -> dict[Any, Any]:
    """Change the stored ``rows`` into ``values``, in their order, matched by ``identity``; returns rows by it.

    ``fixed`` are columns of new rows. Makes one insert, one update and one delete at most, and touches only rows that
    differ. Raises `PartError` on a repeated identity.
    """
    existing = {getattr(row, identity): row for row in rows}
    blank = _blank(model, fixed)
    kept: dict[Any, Any] = {}
    created, changed, names = [], [], set()
    for position, given in enumerate(values):
        row_values = {**given, "position": position}
        key = row_values[identity]
        if key in kept:
            raise PartError(f"行标识 {key} 重复", (position,))
        row = existing.pop(key, None)
        if row is None:
            row = model(*{**blank, **row_values}.values())
            created.append(row)
        else:
            stale = {name for name, value in row_values.items() if getattr(row, name) != value}
            if stale:
                for name in stale:
                    setattr(row, name, row_values[name])
                names |= stale
                changed.append(row)
        kept[key] = row
    if existing:
        model._base_manager.filter(pk__in=[row.pk for row in existing.values()]).delete()
    if created:
        _refuse_taken(model, fixed, created, identity)
        model._base_manager.bulk_create(created)
    if changed:
        model._base_manager.bulk_update(changed, sorted(names))
    return kept


def _blank(model: type[models.Model], fixed: Mapping[str, Any]) -> dict[str, Any]:
    """All columns of a new row in the order of the model, with their defaults or what is ``fixed``.

    Rows that are made of all values in that order, and of ids, take a third of the time of those made by names.
    """
    given = {name: getattr(value, "pk", value) for name, value in fixed.items()}
    return {
        field.attname: given[field.name] if field.name in given else field.get_default()
        for field in model._meta.concrete_fields
    }


def under(rows: Iterable[Any], owner: str, kept: Mapping[Any, Any]) -> list[Any]:
    """The ``rows`` whose owners were ``kept`` by `sync`."""
    ids = {row.pk for row in kept.values()}
    return [row for row in rows if getattr(row, f"{owner}_id") in ids]


def _refuse_taken(
    model: type[models.Model], fixed: Mapping[str, Any], created: Collection[Any], identity: str
) -> None:
    """Raise `PartError` if another row of the report has a key already, before the constraint fails."""
    if identity != "key" or "report" not in fixed:
        return
    keys = [row.key for row in created]
    taken = model._base_manager.filter(report=fixed["report"], key__in=keys).values_list("key", flat=True)
    for key in taken[:1]:
        raise PartError(f"行标识 {key} 在本编报中已被使用")


def missing_amounts(dossier: Dossier, rows: Sequence[Any], what: str) -> list[str]:
    """``what`` if there are no rows; in final accounts 决算数 if no amount is entered.

    Final accounts are opened from the budget with all their rows and without amounts.
    """
    if not rows:
        return [what]
    if dossier.header.kind != ReportKind.FINAL or any(row.amount for row in rows):
        return []
    return ["决算数"]
