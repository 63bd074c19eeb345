"""Filters for the templates of the review."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.contrib.auth.models import User

from ..domain.money import Unit, grouped

register = template.Library()


@register.filter
def wan(value: Decimal | None) -> str:
    """An amount in 元, shown in 万元 with thousands separators; ``—`` for None."""
    return "—" if value is None else grouped(value, Unit.WAN)


@register.filter
def signed(value: Decimal | None) -> str:
    """A difference in 元, shown in 万元 with its sign."""
    if value is None:
        return "—"
    return ("+" if value > 0 else "") + grouped(value, Unit.WAN)


@register.filter
def side(value: object) -> str:
    """The expected or actual value of a finding: an amount with its unit, or a text."""
    return f"{grouped(value, Unit.WAN)} 万元" if isinstance(value, Decimal) else str(value or "")


@register.filter
def person(user: User | None) -> str:
    """The name of the person who acted. Commands have none."""
    return (user.get_full_name() or user.get_username()) if user else "系统"
