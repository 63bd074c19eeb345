"""Elements of WordprocessingML. Pure."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TWIPS_PER_MM = 1440 / 25.4


def w(tag: str, *children: Any, **values: object) -> Any:
    """The element ``w:tag``. Attributes without a prefix are in the same namespace."""
    element = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        element.set(qn(name if ":" in name else f"w:{name}"), str(value))
    element.extend(children)
    return element


def twips(points: float) -> int:
    return round(points * 20)


def twips_of_mm(length: float) -> int:
    return round(length * TWIPS_PER_MM)
