"""The subjects of an edition, cached in the process.

An edition has some 1,600 subjects. Every page needs them, and they are loaded once a year. Loading changes the
edition's ``loaded_at``, which is read with every report and is part of the cache key.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Value

from ..domain.dossier import Classification
from ..models import ClassificationEdition, Definition, EconomicCode, FunctionCode
from .codes import Codes

REMEMBERED = 16
"""The number of cached editions, each some hundred KB."""


@dataclass(frozen=True)
class Subjects:
    """Names by code, for a dossier, and ids by code, for writing rows."""

    names: Classification
    ids: Codes


def subjects_of(edition: ClassificationEdition) -> Subjects:
    """The subjects of ``edition``, in two queries or none."""
    return _read(edition.pk, edition.loaded_at)


def leave_out_unknown(data: Any, codes: Codes) -> Iterator[str]:
    """Remove subjects that ``codes`` lacks from exchange JSON ``data``; yields each removed one."""
    if isinstance(data, list):
        for item in data:
            yield from leave_out_unknown(item, codes)
    if not isinstance(data, dict):
        return
    for field, known in (("function", codes.function), ("economic", codes.economic)):
        if isinstance(data.get(field), str) and data[field] not in known:
            yield data.pop(field)
    for item in data.values():
        yield from leave_out_unknown(item, codes)


@lru_cache(maxsize=REMEMBERED)
def _read(edition_id: int, loaded_at: datetime.datetime) -> Subjects:
    names: tuple[dict[str, str], dict[str, str]] = ({}, {})
    ids: tuple[dict[str, int], dict[str, int]] = ({}, {})
    function, economic = (
        model._default_manager.filter(edition=edition_id)
        .order_by()
        .values_list(Value(kind), "code", "name", "id")
        for kind, model in enumerate((FunctionCode, EconomicCode))
    )
    for kind, code, name, pk in function.union(economic, all=True).order_by("code"):
        names[kind][code] = name
        ids[kind][code] = pk
    definitions = dict(Definition.objects.filter(edition=edition_id).values_list("name", "text"))
    read = Classification(function=names[0], economic=names[1], definitions=definitions)
    return Subjects(read, Codes(*ids))
