"""The scalar types of the exchange format: how each is checked, and how it is written in JSON.

Pure. Every fact that enters the system by form, paste or file has one of these types. A value is therefore
refused in the same words wherever it came from.
"""

from __future__ import annotations

import re
import secrets
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from . import money

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither a workbook nor PostgreSQL can hold."""

KEY = r"^[A-Za-z0-9_.-]{1,64}$"


def new_key() -> str:
    """A stable key for a new row."""
    return secrets.token_hex(16)


def _amount(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError('金额须为字符串形式的元，如 "750000.00"')
    return money.yuan(value)


def _clean(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if FORBIDDEN.search(value):
        raise ValueError("含有不可见的控制字符")
    return value


def label(title: str) -> Any:
    """The Chinese name of a field, as the form prints it."""
    return Field(title=title)


def final_label(title: str) -> Any:
    """The name of a field that only final accounts (决算) have."""
    return Field(title=title, json_schema_extra={"kind": "final"})


Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,16}(\.\d{1,2})?$", "description": "元"}),
]
"""Exact 元, a string in JSON: ``"750000.00"``."""

Name = Annotated[str, Field(max_length=200), AfterValidator(_clean)]
Text = Annotated[str, Field(max_length=8000), AfterValidator(_clean)]
Key = Annotated[str, Field(pattern=KEY)]
Code = Annotated[str, Field(pattern=r"^(\d{3}|\d{5}|\d{7})?$", description="科目编码；历史数据可为空")]
Count = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]
Year = Annotated[int, Field(ge=1990, le=2100, strict=True)]
