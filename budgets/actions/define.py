"""释义: replace the official definitions of an edition of 政府收支分类科目."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, QuerySet

from ..domain.choices import Status
from ..models import ClassificationEdition, Definition, Report


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
        count_other_text(Report.objects.filter(fiscal_year__edition=edition))


def count_other_text(reports: QuerySet[Report]) -> None:
    """Count a change of those of ``reports`` that are not approved yet: their text may be another one now.

    Who opened one before then has to look at it again before passing or approving it.
    """
    reports.exclude(status__in=(Status.APPROVED, Status.PUBLISHED, Status.ARCHIVED)).update(
        changes=F("changes") + 1
    )
