"""Filters for the templates of the entry site."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from ..domain.money import Unit, grouped, growth

register = template.Library()


@register.filter
def absolute(value: int) -> int:
    return abs(value)


@register.filter
def saved_at(moment: datetime.datetime) -> str:
    """``10:32`` for today, ``2026-11-20 10:32`` for another day."""
    local = timezone.localtime(moment)
    same_day = local.date() == timezone.localdate()
    return local.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")


@register.filter
def amount(value: Decimal | None, unit: Unit) -> str:
    """An amount in 元, shown in ``unit`` with thousands separators; empty for None."""
    return "" if value is None else grouped(value, unit)


@register.filter
def side(value: object, unit: Unit) -> str:
    """The expected or actual value of a finding: an amount with its unit, or a text."""
    if value is None:
        return ""
    return f"{grouped(value, unit)} {unit.label}" if isinstance(value, Decimal) else str(value)


@register.filter
def rate(current: Decimal, previous: Decimal) -> str:
    """Growth in percent, ``—`` on a zero base."""
    percent = growth(current, previous)
    return "—" if percent is None else f"{percent:,.2f}%"
