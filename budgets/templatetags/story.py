"""Filters for the templates of a project's story."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """A weight or a score without trailing zeros: ``20``, ``15.47``; empty for None."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
