"""Changes between two states of a whole report in Chinese words, field by field and row by row.

Pure. Compares exchange JSON by `budgets.changes.merge`. Fields have the names that the dataclasses give them
(`budgets.domain.types.label`); rows are called by their content. Amounts are exact, in 万元.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from ..domain.choices import Choices
from ..domain.figures import title_of
from ..domain.money import stated
from .merge import Change, changes, identity

Json = Any
Types = Mapping[str, tuple[str, type]]
"""Title and dataclass of parts, by key."""

NONE = "（无）"
UNTOLD = ("key", "figure", "sentence", "original")
"""Fields of a row that say which one it is, to programs."""
NAMES = ("name", "title", "kind")
"""Fields that name a row; the first one that is filled in counts."""


@dataclass(frozen=True)
class FieldChange:
    """``place`` reads ``项目 综合业务 › 项目活动 法律援助 › 明细 30201 › 金额``."""

    place: str
    old: str
    new: str

    @property
    def said(self) -> str:
        """The change on one line: ``联系电话：027-1 → 027-2``, or without an old value ``部门职能：调整了顺序``."""
        return f"{self.place}：{self.old} → {self.new}" if self.old else f"{self.place}：{self.new}"

    def brief(self, longest: int) -> FieldChange:
        """The change with each value on one line of at most ``longest`` characters."""
        return FieldChange(self.place, _brief(self.old, longest), _brief(self.new, longest))


def _brief(value: str, longest: int) -> str:
    line = " ".join(value.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def worded_changes(old: Json, new: Json, parts: Types, project_parts: Types) -> list[FieldChange]:
    """The changes that turn the report ``old`` into ``new``, in the order of the entry site."""
    order = [*parts, "projects"]
    old, new = ({key: side.get(key, {}) for key in order} for side in (old, new))
    for side in (old, new):
        side["projects"] = side["projects"] or []
    return [_worded(change, old, new, parts, project_parts) for change in changes(old, new)]


def _worded(change: Change, old: Json, new: Json, parts: Types, project_parts: Types) -> FieldChange:
    """Walk both sides and the types along the path. ``kind`` is the type at each step."""
    kind: Any = None
    scope = parts
    places: list[str] = []
    sides = (new, old)
    for depth, step in enumerate(change.path):
        rows = sides
        sides = tuple(_inside(side, step) for side in sides)
        if step.startswith("["):
            name = next((n for n in (_called(kind, row) for row in sides) if n), "") or _place_in(rows, step)
            places[-1:] = [f"{places[-1]} {name}"]
        elif step == "projects" and depth == 0:
            scope = project_parts
            places.append("项目")
        elif kind is None:
            title, kind = scope[step]
            places.append(title)
        else:
            title, kind = _fields(kind).get(step, (step, str))
            places.append(title)
    if change.kind == "moved":
        return FieldChange(_joined(places), "", "调整了顺序")
    if kind is None and len(change.path) == 2:
        told = (_whole_project(side, scope) for side in (change.old, change.new))
        return FieldChange(_joined(places), *told)
    return FieldChange(_joined(places), _value(kind, change.old), _value(kind, change.new))


def _joined(places: list[str]) -> str:
    """Leave out a part's title if its only list has the same one: 项目活动 › 项目活动 甲."""
    kept = [p for p, after in zip(places, [*places[1:], ""], strict=True) if after.partition(" ")[0] != p]
    return " › ".join(kept)


def _inside(side: Json, step: str) -> Json:
    if step.startswith("["):
        return next((row for row in side or () if identity(row) == step[1:-1]), None)
    return side.get(step) if isinstance(side, dict) else None


def _called(kind: Any, row: Json) -> str:
    """The text in the row that names it; empty without one."""
    if not isinstance(row, dict):
        return ""
    if kind is None:
        return str(row.get("identity", {}).get("name", ""))
    types = _fields(kind)
    for name in ("figure", "category", "year"):
        if name in row:
            return title_of(str(row[name])) or _value(types.get(name, ("", str))[1], row[name])
    for name in NAMES:
        if row.get(name):
            return _value(types[name][1], row[name])
    return " ".join(filter(None, (row.get("function"), row.get("economic"))))


def _place_in(rows: tuple[Json, ...], step: str) -> str:
    for side in rows:
        for number, row in enumerate(side or (), 1):
            if identity(row) == step[1:-1]:
                return f"第 {number} 行"
    return ""


def _value(kind: Any, value: Json) -> str:
    if kind is bool:
        return "是" if value else "否"
    if value in (None, "", [], {}):
        return NONE
    if isinstance(value, dict):
        types = _fields(kind)
        filled = ((types.get(n, (n, str)), v) for n, v in value.items() if n not in UNTOLD)
        return "；".join(f"{title} {_value(inner, v)}" for (title, inner), v in filled)
    if isinstance(value, list):
        return "、".join(_value(kind, item) for item in value)
    if kind is Decimal:
        return stated(Decimal(value))
    if isinstance(kind, type) and issubclass(kind, Choices) and value in list(kind):
        return str(kind(value).label)
    return str(value)


def _whole_project(project: Json, parts: Types) -> str:
    """Describe a project that was added or removed: ``项目“综合业务”：75.00 万元，项目活动 11 条、绩效目标 2 条``."""
    if not isinstance(project, dict):
        return NONE
    said = f"项目“{_called(None, project)}”"
    counts: dict[str, int] = {}
    for key, (_, kind) in parts.items():
        _count_rows(kind, project.get(key), counts)
    activities = project.get("activities", {}).get("activities", [])
    lines = [line for activity in activities for line in activity.get("lines", [])]
    amount = sum((Decimal(line.get("amount", 0)) for line in lines), Decimal(0))
    rows = "、".join(f"{title} {count} 条" for title, count in counts.items())
    return f"{said}：{stated(amount)}，{rows}" if rows else said


def _count_rows(kind: Any, value: Json, counts: dict[str, int]) -> None:
    """Count the rows of every list in ``value``, by the list's title."""
    if not isinstance(value, dict):
        return
    for name, (title, inner) in _fields(kind).items():
        rows = value.get(name)
        if isinstance(rows, list) and rows:
            counts[title] = counts.get(title, 0) + len(rows)
            for row in rows:
                _count_rows(inner, row, counts)


@cache
def _fields(kind: Any) -> Mapping[str, tuple[str, Any]]:
    """Title and type by field name. For a list the type of its rows; for an optional field its type without None."""
    if not hasattr(kind, "__dataclass_fields__"):
        return MappingProxyType({})
    hints = get_type_hints(kind, include_extras=True)
    return {name: (_title(hint) or name, _inner(hint)) for name, hint in hints.items()}


def _title(hint: Any) -> str:
    found = (getattr(given, "title", None) for given in reversed(getattr(hint, "__metadata__", ())))
    return next((title for title in found if title), "")


def _inner(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return _inner(get_args(hint)[0])
    arguments = [a for a in get_args(hint) if a not in (type(None), Ellipsis)]
    return _inner(arguments[0]) if arguments else hint
