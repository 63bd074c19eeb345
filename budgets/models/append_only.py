"""Rows that are written once: the trail, the saves, and the publications."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Unalterable(TypeError):
    """A program tried to change or delete an append-only row."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model.__name__} is append-only")


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses changes and deletions, through relations (``report.transitions``) too. Bulk updates end in `update`."""

    def update(self, **values: Any) -> NoReturn:
        raise Unalterable(self.model)

    def delete(self) -> NoReturn:
        raise Unalterable(self.model)

    update.alters_data = delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            raise Unalterable(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that is saved once, and then neither saved again nor deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unalterable(type(self))
        super().save(**kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unalterable(type(self))
