"""Refusing what would tell the public of withheld projects (不予公开)."""

from __future__ import annotations

from ..publishing import Prepared
from .base import ActionRefused


def refuse_secrets(prepared: Prepared, reason: str | None = None) -> None:
    """Refuse where a withheld word stands in what would be published; ``reason`` is the correction's, if another."""
    found = prepared.given_away(reason)
    if found:
        raise ActionRefused(f"{found[0].what}出现在将要公开的文字中，请改写")
