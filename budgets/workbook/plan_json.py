"""A preview as JSON: what a page showed is kept, and is what will be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..domain.types import FORBIDDEN
from .preview import ImportPlan, Preview

Json = Any
_PREVIEW = TypeAdapter(Preview)


def dump_preview(plan: ImportPlan) -> dict[str, Json]:
    """All that the page shows, without the contents to be written."""
    shown = {name: getattr(plan, name) for name in Preview.__dataclass_fields__}
    dumped: dict[str, Json] = _storable(_PREVIEW.dump_python(Preview(**shown), mode="json"))
    return dumped


def _storable(value: Json) -> Json:
    """``value`` without the characters that a database refuses, which a cell may have."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return value


def parse_preview(data: Mapping[str, Json]) -> Preview | None:
    """The preview that `dump_preview` wrote; None if another release did, whose previews were different."""
    try:
        return _PREVIEW.validate_python(data)
    except ValidationError:
        return None


def dump_sections(plan: ImportPlan) -> list[Json]:
    """``key``, ``base`` and ``content`` of every section to be written."""
    return [
        {"key": section.key, "base": section.base, "content": section.content} for section in plan.sections
    ]
