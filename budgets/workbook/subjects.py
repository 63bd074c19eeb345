"""Subjects (科目) as sheets write them: names beside codes, and classes (类) that are too coarse for a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.core.exceptions import ValidationError

from ..forms.fields import CodeField, is_departmental, normal_name

_DIGITS = re.compile(r"[\[【(]?([0-9]{3,7})(?![0-9])")
_classes: WeakKeyDictionary[CodeField, dict[str, str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Subject:
    """What a text means: the ``coarse`` code of a class, or the ``code`` of a line. Each is empty if it means none."""

    coarse: str
    code: str


def subject_of(field: CodeField, said: str) -> Subject:
    return Subject(class_of(field, said), code_of(field, said))


def class_of(field: CodeField, said: str) -> str:
    """The code of a class that ``said`` names by code or name; empty for anything else."""
    text = normal_name(said)
    if not text:
        return ""
    classes = _classes_of(field)
    match = _DIGITS.match(text)
    if match:
        code = match[1]
        return code if code in classes.values() else ""
    return classes.get(text, "")


def code_of(field: CodeField, said: str) -> str:
    """The code of the subject that a text means; empty if it means none."""
    try:
        return str(field.clean(said))
    except ValidationError:
        return ""


def _classes_of(field: CodeField) -> dict[str, str]:
    """The codes of classes by name. A name that is that of a line's subject too is left out."""
    if field not in _classes:
        names = {c: normal_name(n) for c, n in field.names.items() if is_departmental(field.subject, c)}
        least = field.least[field.subject]
        parents = {code[:length] for code in names for length in (3, 5) if length < len(code)}
        coarse = {code for code in names if len(code) < least and code in parents}
        fine = {name for code, name in names.items() if code not in coarse}
        _classes[field] = {code if names[code] in fine else names[code]: code for code in coarse}
    return _classes[field]


def is_name_of(field: CodeField, code: str, said: str) -> bool:
    """Whether ``said`` is the name of the subject, or its end (``商品和服务支出-委托业务费``), or begins with its code."""
    name = normal_name(field.names.get(code, ""))
    text = normal_name(said).lstrip("0123456789-_[]() ")
    return bool(name) and (text == name or text.endswith(f"-{name}"))
