"""What the templates of the review cannot say by themselves."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.contrib.auth.models import User

from ..domain.money import Unit, grouped

register = template.Library()


@register.filter
def wan(value: Decimal | None) -> str:
    """元 in 万元 with thousands separators; ``—`` where nothing is known."""
    return "—" if value is None else grouped(value, Unit.WAN)


@register.filter
def signed(value: Decimal | None) -> str:
    """A difference of 元 in 万元 with its sign."""
    if value is None:
        return "—"
    return ("+" if value > 0 else "") + grouped(value, Unit.WAN)


@register.filter
def side(value: object) -> str:
    """Expected or actual value of a finding: an amount with its unit, or words."""
    return f"{grouped(value, Unit.WAN)} 万元" if isinstance(value, Decimal) else str(value or "")


@register.filter
def person(user: User | None) -> str:
    """The name of who did something; commands have none."""
    return (user.get_full_name() or user.get_username()) if user else "系统"
