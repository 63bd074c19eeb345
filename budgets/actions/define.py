"""释义: replace the official definitions of an edition of 政府收支分类科目."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from ..models import ClassificationEdition, Definition


def define(edition_id: int, texts: Mapping[str, str]) -> None:
    """Keep ``texts``, by functional code or term, as the only definitions of the edition.

    What is published stays; reports that are not approved yet take them at once.
    """
    with transaction.atomic():
        edition = ClassificationEdition.objects.select_for_update().get(pk=edition_id)
        Definition.objects.filter(edition=edition).delete()
        Definition.objects.bulk_create(
            Definition(edition=edition, name=name, text=text) for name, text in texts.items()
        )
        edition.save()  # what is remembered of the edition is read again
