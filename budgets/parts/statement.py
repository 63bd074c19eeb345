"""说明文字: passages that the department adds to the generated text, and its wording of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.dossier import Dossier
from ..domain.schema import Passage, Rewording, Statement
from ..models import Passage as PassageRow
from ..models import Report
from ..models import Rewording as RewordingRow
from .base import Part, as_dataclass, columns, grouped, sync


class StatementPart(Part[Statement, Report]):
    key = "statement"
    objects = ("statement", "passages", "rewordings")
    keyed = ("passages", "rewordings")
    title = "补充说明"
    type = Statement
    given = frozenset({"sentence", "original"})

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return PassageRow.objects.filter(report__in=owners), RewordingRow.objects.filter(report__in=owners)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Statement]:
        passages, rewordings = (grouped(of_kind, "report") for of_kind in rows)
        return {
            report.pk: Statement(
                passages=tuple(as_dataclass(Passage, row) for row in passages.get(report.pk, ())),
                rewordings=tuple(as_dataclass(Rewording, row) for row in rewordings.get(report.pk, ())),
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Statement]) -> None:
        """Each department's own."""

    def rewrite(self, owner: Report, value: Statement, codes: Codes, *rows: Sequence[Any]) -> None:
        fixed = {"report": owner}
        sync(PassageRow, rows[0], fixed, (columns(passage) for passage in value.passages))
        sync(RewordingRow, rows[1], fixed, (columns(rewording) for rewording in value.rewordings))

    def copy_forward(self, value: Statement, year: int) -> Statement:
        """The wording is kept; passages tell of one year."""
        return replace(value, passages=())

    def settle(self, value: Statement, year: int) -> Statement:
        """The sentences of final accounts are others."""
        return Statement()

    def carry_in(self, value: Statement, last: Dossier) -> Statement:
        """The wording of last year's final accounts is kept."""
        return replace(value, rewordings=last.part(Statement).rewordings)


statement = StatementPart()
