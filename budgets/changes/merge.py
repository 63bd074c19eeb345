"""Differences between two states of the same data, and the three-way merge of two people's changes.

Pure. Works on exchange JSON: objects by field, lists of rows by the rows' identity. Used for concurrent saves,
revisions and corrections.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = Any
Path = tuple[str, ...]
"""Field names; a row stands as ``[identity]``."""

IDENTITIES = ("key", "figure", "category", "year")
"""Fields that identify a row of a list; the first one that the row has counts."""


class _Missing:
    """Stands for no value: the field has its default, or the row does not exist."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()


@dataclass(frozen=True)
class Change:
    """One difference. ``kind`` is added, removed, changed, or moved (rows in another order)."""

    path: Path
    kind: str
    old: Json = None
    new: Json = None


@dataclass(frozen=True)
class Conflict:
    """Both sides changed the same thing differently. A side without a value has None."""

    path: Path
    base: Json
    mine: Json
    theirs: Json


@dataclass(frozen=True)
class Merge:
    """``result`` has both sides' changes. In a conflict it has mine, or the side that did not delete.

    ``moved`` are the lists that both sides reordered differently; ``result`` has my order.
    """

    result: Json
    conflicts: tuple[Conflict, ...]
    moved: tuple[Path, ...] = ()


@dataclass
class _Found:
    """The conflicts and moves that a merge has found so far."""

    conflicts: list[Conflict] = field(default_factory=list)
    moved: list[Path] = field(default_factory=list)


def changes(old: Json, new: Json) -> list[Change]:
    """The changes that turn ``old`` into ``new``."""
    return _changes(old, new, ())


def merge(base: Json, mine: Json, theirs: Json) -> Merge:
    """Merge by field. Rows of lists are matched by identity, and their order is merged like a field."""
    found = _Found()
    result = _merge(base, mine, theirs, (), found)
    return Merge(None if result is MISSING else result, tuple(found.conflicts), tuple(found.moved))


def identity(row: Json) -> str | None:
    """The identity of ``row`` among its siblings; None if it is not a row."""
    if not isinstance(row, dict):
        return None
    return next((str(row[name]) for name in IDENTITIES if name in row), None)


def _rows(value: Json) -> dict[str, Json] | None:
    """A list of rows by identity, in order; None for anything else."""
    if value is MISSING:
        return {}
    if not isinstance(value, list):
        return None
    rows = {key: row for row in value if (key := identity(row)) is not None}
    return rows if len(rows) == len(value) else None


def _changes(old: Json, new: Json, path: Path) -> list[Change]:
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        names = list(dict.fromkeys([*old, *new]))
        return [c for n in names for c in _changes(old.get(n, MISSING), new.get(n, MISSING), (*path, n))]
    if isinstance(old, list) or isinstance(new, list):
        old_rows, new_rows = _rows(old), _rows(new)
        if old_rows is not None and new_rows is not None:
            return _row_changes(old_rows, new_rows, path)
    kind = "added" if old is MISSING else "removed" if new is MISSING else "changed"
    return [Change(path, kind, _plain(old), _plain(new))]


def _row_changes(old: dict[str, Json], new: dict[str, Json], path: Path) -> list[Change]:
    found = []
    for key in dict.fromkeys([*old, *new]):
        step = (*path, f"[{key}]")
        if key not in new:
            found.append(Change(step, "removed", old[key]))
        elif key not in old:
            found.append(Change(step, "added", None, new[key]))
        else:
            found += _changes(old[key], new[key], step)
    kept_old = [key for key in old if key in new]
    kept_new = [key for key in new if key in old]
    if kept_old != kept_new:
        found.append(Change(path, "moved", kept_old, kept_new))
    return found


def _merge(base: Json, mine: Json, theirs: Json, path: Path, found: _Found) -> Json:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        before = base if isinstance(base, dict) else {}
        merged = {
            name: _merge(
                before.get(name, MISSING),
                mine.get(name, MISSING),
                theirs.get(name, MISSING),
                (*path, name),
                found,
            )
            for name in dict.fromkeys([*mine, *theirs])
        }
        return {name: value for name, value in merged.items() if value is not MISSING}
    if isinstance(mine, list) or isinstance(theirs, list):
        was = _rows(base if isinstance(base, list) else MISSING)
        here, there = _rows(mine), _rows(theirs)
        if was is not None and here is not None and there is not None:
            return _merge_rows(was, here, there, path, found)
    found.conflicts.append(Conflict(path, _plain(base), _plain(mine), _plain(theirs)))
    return mine


def _merge_rows(
    base: dict[str, Json],
    mine: dict[str, Json],
    theirs: dict[str, Json],
    path: Path,
    found: _Found,
) -> list[Json]:
    merged: dict[str, Json] = {}
    first, second = _ordered(base, mine, theirs, path, found)
    for key in _order(list(first), list(second)):
        b, m, t = (side.get(key, MISSING) for side in (base, mine, theirs))
        step = (*path, f"[{key}]")
        if MISSING in (m, t) and b is not MISSING:
            kept = t if m is MISSING else m
            if kept == b:
                continue
            found.conflicts.append(Conflict(step, _plain(b), _plain(m), _plain(t)))
            merged[key] = kept
        elif m is MISSING or t is MISSING:
            merged[key] = t if m is MISSING else m
        else:
            merged[key] = _merge(b, m, t, step, found)
    return list(merged.values())


def _ordered(
    base: dict[str, Json], mine: dict[str, Json], theirs: dict[str, Json], path: Path, found: _Found
) -> tuple[dict[str, Json], dict[str, Json]]:
    """Both sides, the one whose order is kept in front: theirs if only they moved rows, else mine.

    Rows that are not on all three sides are ignored when looking for moves.
    """
    before, here, there = (
        [key for key in side if key in base and key in mine and key in theirs]
        for side in (base, mine, theirs)
    )
    if here == before:
        return (theirs, mine) if there != before else (mine, theirs)
    if there not in (before, here):
        found.moved.append(path)
    return mine, theirs


def _order(first: list[str], second: list[str]) -> list[str]:
    """The order of ``first``. A row that only ``second`` has comes after the row that it follows there."""
    order = list(first)
    previous: str | None = None
    for key in second:
        if key not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0, key)
        previous = key
    return order


def _plain(value: Json) -> Json:
    return None if value is MISSING else value
