"""What a place in a part's exchange JSON is called on the form, and how its value reads there.

The names stand on the dataclasses (`scalars.label`), the labels on the choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from .choices import Choices
from .compare import Change
from .parts.base import Part

BLANK = "（空）"


def describe(parts: Sequence[Part], change: Change) -> tuple[str, str, str]:
    """(place, old value, new value) of a change between two versions of a section with ``parts``."""
    key, *path = change.path or ("",)
    part = next((part for part in parts if part.key == key), None)
    if part is None:
        return (key if key != "projects" else "项目清单"), shown(None, change.old), shown(None, change.new)
    names, kind = [part.title], part.type
    for step in path:
        title, kind = _step(kind, step)
        names.append(title)
    if change.kind == "moved":
        return " / ".join(names), "", "调整了顺序"
    return " / ".join(names), shown(kind, change.old), shown(kind, change.new)


def shown(kind: Any, value: Any) -> str:
    """A value as words: choices by their label, rows by their filled fields, keys left out."""
    if value in (None, "", [], {}):
        return BLANK
    if isinstance(value, dict):
        filled = [(n, v) for n, v in value.items() if n != "key" and v not in (None, "", [], {}, False)]
        return "；".join(f"{_step(kind, n)[0]}：{shown(_step(kind, n)[1], v)}" for n, v in filled) or BLANK
    if isinstance(value, list):
        return "、".join(shown(kind, item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(kind, type) and issubclass(kind, Choices) and value in list(kind):
        return kind(value).label
    return str(value)


def _step(kind: Any, step: str) -> tuple[str, Any]:
    """The title and type behind one step of a path; a row keeps the type of its list."""
    if step.startswith("["):
        identity = step[1:-1]
        return shown(_identifying(kind), identity), kind
    return _fields(kind).get(step, (step, None))


def _identifying(kind: Any) -> Any:
    """The type of the field that names a row, where it is a choice."""
    return next((k for n, (_, k) in _fields(kind).items() if n in ("figure", "category")), None)


@cache
def _fields(kind: Any) -> dict[str, tuple[str, Any]]:
    """(title, type) by field name: of a list the type of its rows."""
    if not hasattr(kind, "__dataclass_fields__"):
        return {}
    hints = get_type_hints(kind, include_extras=True)
    return {name: (_title(hint) or name, _inner(hint)) for name, hint in hints.items()}


def _title(hint: Any) -> str:
    metadata = getattr(hint, "__metadata__", ())
    return next((title for m in reversed(metadata) if (title := getattr(m, "title", None))), "")


def _inner(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return _inner(get_args(hint)[0])
    arguments = [a for a in get_args(hint) if a not in (type(None), Ellipsis)]
    return _inner(arguments[0]) if arguments else hint
