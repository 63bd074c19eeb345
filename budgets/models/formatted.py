"""Rows of frozen JSON, which are read in today's layout whichever release wrote them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.db import models

from ..domain.formats import FORMAT, current


class Formatted(models.Model):
    """Converts frozen JSON when it is loaded. ``LAYOUTS`` has the layout of each field (`budgets.domain.formats`).

    Loading with ``values`` does not convert. Load ``format`` as well there and call `current`.
    """

    LAYOUTS: ClassVar[Mapping[str, str]] = {}

    format = models.PositiveSmallIntegerField("格式", default=FORMAT)

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **options)
        for name, layout in cls.LAYOUTS.items():
            if name in row.__dict__:
                row.__dict__[name] = current(layout, row.__dict__[name], row.format)
        return row

    def as_written(self) -> dict[str, Any]:
        """The frozen JSON in the layout in which it was written, with its ``format``."""
        rows = type(self)._base_manager.filter(pk=self.pk)
        return dict(rows.values("format", *self.LAYOUTS).get())
