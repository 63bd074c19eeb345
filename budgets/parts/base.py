"""What a part is, and the two things every part does with rows: read them all at once, write the difference.

Exchange, entry pages, completeness, copy-forward and history all walk the parts of the profile; none of
them knows a part by name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, get_args, get_type_hints

from django.db import models
from django.db.models import F
from pydantic import TypeAdapter

from ..classification.codes import Codes
from ..domain.choices import Choices, ReportKind
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.problems import PartError
from ..domain.types import new_key
from .bulk_read import gather

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from django.db.models import Model, QuerySet

T = TypeVar("T")
D = TypeVar("D", bound="DataclassInstance")
Owner = TypeVar("Owner", bound="Model")
Json = Any


@dataclass(frozen=True)
class Headline:
    """A figure by which a part is known on pages about more than it; ``value`` as printed, empty: none yet.

    ``key`` tells it from the part's others. Scripts of the part's own page keep it up to date by that.
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
    type: type[T]
    editor: ClassVar[str] = ""
    """Who edits it, as a dotted path to an `Editor` of `budgets.forms.editors`."""
    given: ClassVar[frozenset[str]] = frozenset()
    """Names of fields that say nothing of their own: what a row is about, or what is there before anybody
    has filled anything in. Keys of rows never do."""

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
        """The rows that say the values of ``owners``, for `budgets.parts.bulk_read`; none where the owners say all."""
        return ()

    @abstractmethod
    def values(self, owners: Sequence[Owner], *rows: Sequence[Any]) -> dict[int, T]:
        """Values by owner id, from the rows of each queryset of `reads`."""

    def write(self, owner: Owner, value: T, codes: Codes) -> None:
        """Make the rows of ``owner`` say ``value``: rows are matched by key. Raises `PartError`."""
        self.rewrite(owner, value, codes, *gather(self.reads([owner])))

    @abstractmethod
    def rewrite(self, owner: Owner, value: T, codes: Codes, *rows: Sequence[Any]) -> None:
        """As `write`, where ``rows`` are what `reads` finds of ``owner`` in this transaction."""

    def copy_forward(self, value: T, year: int) -> T:
        """``value`` of last year as the start of ``year``: all of it, unless a part says otherwise."""
        return value

    def settle(self, value: T, year: int) -> T:
        """``value`` of the budget of ``year`` as the start of its final accounts: all of it, unless a part
        says otherwise."""
        return value

    def carry_in(self, value: T, last: Dossier) -> T:
        """``value`` of final accounts that begin, with what ``last`` year's left."""
        return value

    def lapse(self, value: T, years: int) -> T:
        """``value`` as it was copied forward, of a project that none of the last ``years`` (1 or more) had."""
        return value

    def resume(self, value: T, year: int) -> T:
        """``value`` of an earlier year as the start in final accounts of ``year``, whose budget has no such
        project: what a budget and then its final accounts would begin with, unless a part says otherwise."""
        return self.settle(self.copy_forward(value, year), year)

    def duplicate(self, value: T) -> T:
        """``value`` of one project as the start of another: all of it under new keys, unless a part says
        otherwise."""
        return with_new_keys(value)

    def carries_on(self, value: T) -> bool:
        """Whether the project that has ``value`` is carried into the next year."""
        return True

    def headlines(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[Headline]:
        """What to say of the part beside the money; the same keys for every project."""
        return []

    def holds(self, value: T) -> bool:
        """Whether somebody has filled something in: zeros, blanks, choices and what is `given` are nothing."""
        return _says(value, {"key", *self.given})

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        """What a complete report still needs here, in Chinese; empty when nothing."""
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
    """``value`` with another key for each of its rows, and of theirs. Rows that refer to one another are the
    business of their part."""
    if isinstance(value, tuple):
        return cast(T, tuple(with_new_keys(item) for item in value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inner = {f.name: with_new_keys(getattr(value, f.name)) for f in fields(value)}
    return replace(value, **{name: new_key() if name == "key" else item for name, item in inner.items()})


def load_parts(owners: Mapping[Part[Any, Any], Sequence[Model]]) -> dict[Part[Any, Any], dict[int, Any]]:
    """The values of each part by owner id, all in one query."""
    rows = read_parts(owners)
    return {part: part.values(of, *rows[part]) for part, of in owners.items()}


def read_parts(
    owners: Mapping[Part[Any, Any], Sequence[Model]],
) -> dict[Part[Any, Any], tuple[list[Any], ...]]:
    """The rows of each part, all in one query."""
    reads = {part: part.reads(of) for part, of in owners.items()}
    rows = iter(gather([queryset for querysets in reads.values() for queryset in querysets]))
    return {part: tuple(next(rows) for _ in querysets) for part, querysets in reads.items()}


def grouped(rows: Iterable[Any], owner: str) -> dict[int, list[Any]]:
    """Rows by the id of their owner, in their own order."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, f"{owner}_id")].append(row)
    return groups


@cache
def _vocabularies(cls: type) -> dict[str, type[Choices]]:
    """The fields of a dataclass that hold a term of a closed list, and which list."""
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


def columns(value: Any, *names: str) -> dict[str, Any]:
    """The named fields of a dataclass as values for a row."""
    return {name: getattr(value, name) for name in names}


CODES = {"function_code": F("function__code"), "economic_code": F("economic__code")}
"""Annotations of a line of money: its subjects' codes, None without."""


def sync(
    model: type[models.Model],
    rows: Iterable[Any],
    fixed: Mapping[str, Any],
    values: Iterable[Mapping[str, Any]],
    identity: str = "key",
) -> dict[Any, Any]:
    """Make ``values``, in their order, of the stored ``rows``, matched by ``identity``; returns rows by it.

    ``fixed`` are the columns that new rows get. Inserts, updates and deletes once each, whatever the
    number of rows, and touches only rows that differ. Raises `PartError` on a repeated identity.
    """
    existing = {getattr(row, identity): row for row in rows}
    kept: dict[Any, Any] = {}
    created, changed, names = [], [], set()
    for position, given in enumerate(values):
        row_values = {**given, "position": position}
        key = row_values[identity]
        if key in kept:
            raise PartError(f"行标识 {key} 重复", (position,))
        row = existing.pop(key, None)
        if row is None:
            row = model(**fixed, **row_values)
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


def under(rows: Iterable[Any], owner: str, kept: Mapping[Any, Any]) -> list[Any]:
    """Those of ``rows`` that are still there when of their owners only those ``kept`` by `sync` are."""
    ids = {row.pk for row in kept.values()}
    return [row for row in rows if getattr(row, f"{owner}_id") in ids]


def _refuse_taken(
    model: type[models.Model], fixed: Mapping[str, Any], created: Collection[Any], identity: str
) -> None:
    """A key may be another row's in the same report: say so instead of failing on the constraint."""
    if identity != "key" or "report" not in fixed:
        return
    keys = [row.key for row in created]
    taken = model._base_manager.filter(report=fixed["report"], key__in=keys).values_list("key", flat=True)
    for key in taken[:1]:
        raise PartError(f"行标识 {key} 在本编报中已被使用")


def missing_amounts(dossier: Dossier, rows: Sequence[Any], what: str) -> list[str]:
    """``what`` where there are no rows; in final accounts 决算数 where none has been entered.

    Opened from the budget, final accounts have all their rows and not one amount yet.
    """
    if not rows:
        return [what]
    if dossier.header.kind != ReportKind.FINAL or any(row.amount for row in rows):
        return []
    return ["决算数"]
