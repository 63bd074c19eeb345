"""A typed weight or score: 0 to 100, at most two decimal places, full-width digits allowed."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms

from budgets.forms.fields import PartField
from budgets.forms.widgets import Number

from ..domain.evaluation import Points, PointsError

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)")


class PointsField(PartField):
    """Cleans to `Points`; None if nothing is typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Number(css="points"), **options)

    def to_python(self, value: Any) -> Points | None:
        text = "".join(unicodedata.normalize("NFKC", str(value if value is not None else "")).split())
        text = text.removesuffix("分")
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(f"“{value}”不是分值，请只填数字，如 11.58")
        try:
            return Points.read(text)
        except PointsError as error:
            raise forms.ValidationError(str(error)) from None

    def to_json(self, value: Any) -> Any:
        return None if value is None else str(value)
