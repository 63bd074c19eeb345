"""What a place in a part's exchange JSON is called on the form, and how its value reads there.

The names stand on the dataclasses (`scalars.label`), the labels on the choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from .choices import Choices
from .compare import Change, identity
from .parts.base import Part

BLANK = "（空）"


def describe(parts: Sequence[Part], change: Change, content: Mapping[str, Any]) -> tuple[str, str, str]:
    """(place, old value, new value) of a change that led to ``content``, a version of a section with ``parts``.

    A row is named by what it holds now; one that was removed by nothing, since it is shown as a whole.
    """
    key, *path = change.path
    part = next((part for part in parts if part.key == key), None)
    if part is None:
        return key, shown(None, change.old), shown(None, change.new)
    names, kind, node = [part.title], part.type, content.get(key)
    for step in path:
        if step.startswith("["):
            node = next((row for row in node or () if identity(row) == step[1:-1]), None)
            names.append(_row_name(kind, node) if step is not path[-1] else "")
        else:
            title, kind = _fields(kind).get(step, (step, None))
            node = node.get(step) if isinstance(node, dict) else None
            names.append(title)
    place = " / ".join(filter(None, names))
    if change.kind == "moved":
        return place, "", "调整了顺序"
    return place, shown(kind, change.old), shown(kind, change.new)


def shown(kind: Any, value: Any) -> str:
    """A value as words: choices by their label, rows by their filled fields, keys left out."""
    if value in (None, "", [], {}):
        return BLANK
    if isinstance(value, dict):
        filled = [(n, v) for n, v in value.items() if n != "key" and v not in (None, "", [], {}, False)]
        fields = _fields(kind)
        named = [(*fields.get(n, (n, None)), v) for n, v in filled]
        return "；".join(f"{title}：{shown(inner, v)}" for title, inner, v in named) or BLANK
    if isinstance(value, list):
        return "、".join(shown(kind, item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(kind, type) and issubclass(kind, Choices) and value in list(kind):
        return kind(value).label
    return str(value)


def _row_name(kind: Any, row: Any) -> str:
    """The first text or number that a row holds, as it is shown."""
    filled = [(n, v) for n, v in (row or {}).items() if n != "key" and v not in (None, "", [], {})]
    return next((shown(_fields(kind).get(n, ("", None))[1], v) for n, v in filled), "")[:40]


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
