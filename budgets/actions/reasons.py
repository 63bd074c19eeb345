"""Texts that an act requires."""

from __future__ import annotations

from ..domain.types import FORBIDDEN
from .base import ActionRefused

LIMIT = 2000


def required_text(text: str, field: str, name: str, limit: int = LIMIT) -> str:
    """``text`` without surrounding space. Refuses an empty or too long one. ``name`` is its Chinese name."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ActionRefused(f"请填写{name}", field)
    if len(text) > limit:
        raise ActionRefused(f"{name}最多 {limit} 个字", field)
    if FORBIDDEN.search(text):
        raise ActionRefused(f"{name}含有不可见的控制字符", field)
    return text
