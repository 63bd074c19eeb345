"""What somebody entered in a section: texts by address, typed on its page or filled into a workbook.

Forms validate it and do not know where it comes from. The names of a page's controls are known here and in
`budgets.forms.row_posts`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict

from ..domain.address import Address


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """One row of a list: texts by field, and by hidden control. ``key`` may be missing or of no known form.

    ``index`` is the number by which the page groups its controls.
    """

    index: int
    key: str
    values: Mapping[str, str]
    is_deleted: bool = False


class Entered(ABC):
    """All that was entered in one section. A field that was not entered keeps its stored value."""

    post: QueryDict = QueryDict()
    """What a page posts besides its fields; empty for a workbook."""

    @abstractmethod
    def values(self, object: str, row: str, names: Iterable[str]) -> dict[str, str]:
        """The texts of those fields of a form, or of a fixed row, that were entered."""

    @abstractmethod
    def rows(self, region: str) -> Sequence[EnteredRow]:
        """The rows of a list in their order; empty if the list was not entered."""


class Posted(Entered):
    """What a page posted. A control is called ``<object>-<field>``, in a list ``<region>-<row>-<field>``."""

    _NAME = re.compile(r"(\w+)-(\d{1,6})-(\w+)")

    def __init__(self, post: QueryDict) -> None:
        self.post = post

    def values(self, object: str, row: str, names: Iterable[str]) -> dict[str, str]:
        prefix = f"{object}-{row}-" if row else f"{object}-"
        return {name: str(self.post[prefix + name]) for name in names if prefix + name in self.post}

    def rows(self, region: str) -> Sequence[EnteredRow]:
        return [
            EnteredRow(index, values.get("key", ""), values, values.get("DELETE") == "on")
            for index, values in self._lists.get(region, {}).items()
        ]

    @cached_property
    def _lists(self) -> dict[str, dict[int, dict[str, str]]]:
        """Values by region, index and name, in the order of the page."""
        found: dict[str, dict[int, dict[str, str]]] = {}
        for name in self.post:
            match = self._NAME.fullmatch(name)
            if match:
                region, index, control = match.groups()
                found.setdefault(region, {}).setdefault(int(index), {})[control] = str(self.post[name])
        return found


@dataclass
class EnteredCells(Entered):
    """What a workbook has, by the address of its form or row, and the rows of its lists by region."""

    fields: dict[Address, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, list[EnteredRow]] = field(default_factory=dict)

    def values(self, object: str, row: str, names: Iterable[str]) -> dict[str, str]:
        entered = self.fields.get(Address(object, row), {})
        return {name: entered[name] for name in names if name in entered}

    def rows(self, region: str) -> Sequence[EnteredRow]:
        return self.lists.get(region, [])
