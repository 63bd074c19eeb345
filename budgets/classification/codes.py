"""The ids of an edition's subjects by code, for writing rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.problems import PartError


@dataclass(frozen=True)
class Codes:
    """Ids of the subjects of one edition by code."""

    function: Mapping[str, int]
    economic: Mapping[str, int]

    def function_id(self, code: str, loc: tuple[str | int, ...] = ()) -> int | None:
        return self._id(self.function, code, "功能分类", loc)

    def economic_id(self, code: str, loc: tuple[str | int, ...] = ()) -> int | None:
        return self._id(self.economic, code, "经济分类", loc)

    @staticmethod
    def _id(ids: Mapping[str, int], code: str, word: str, loc: tuple[str | int, ...]) -> int | None:
        if not code:
            return None
        if code not in ids:
            raise PartError(f"{word}科目 {code} 不在本年度的科目表中", loc)
        return ids[code]
