"""The trail and what was published cannot be altered through the application."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import IntegrityError, models, transaction

from budgets.domain.choices import Status
from budgets.models import Publication, PublishedFile, Report, SectionVersion, Transition
from budgets.models.append_only import Unalterable
from tests.budgets.actions.transition_steps import to_published, world_after

MODELS = (Transition, SectionVersion, Publication, PublishedFile)


@pytest.fixture
def report(db: None) -> Report:
    """With a row of each."""
    made = world_after(to_published)
    SectionVersion.objects.create(report=made.report, section="basics", number=0, content={})
    return made.report


def test_rows_are_neither_changed_nor_deleted(report: Report) -> None:
    for model in MODELS:
        before = list(model.objects.order_by("pk").values())
        row = model.objects.order_by("pk")[0]
        copy = model(**{field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields})
        attempts = (
            row.save,
            row.delete,
            model.objects.all().delete,
            lambda model=model: model.objects.update(pk=1),
            lambda model=model, row=row: model.objects.filter(pk=row.pk).update(pk=row.pk),
            lambda model=model, row=row: model.objects.bulk_update([row], [_some_field(model)]),
            lambda model=model, row=row: model.objects.update_or_create(pk=row.pk),
            lambda model=model, row=row: model.objects.bulk_create(
                [row], update_conflicts=True, update_fields=["id"], unique_fields=["id"]
            ),
        )
        for attempt in attempts:
            with pytest.raises(Unalterable), transaction.atomic():
                attempt()
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()
        assert list(model.objects.order_by("pk").values()) == before


def test_relations_lead_to_the_same_refusal(report: Report) -> None:
    for rows in (report.transitions, report.versions, report.publications):
        with pytest.raises(Unalterable):
            rows.update(report=report)
        with pytest.raises(Unalterable):
            rows.all().delete()


def test_the_admin_has_no_pages_for_them() -> None:
    assert not set(MODELS) & set(admin.site._registry)


def test_a_published_report_cannot_be_deleted(report: Report) -> None:
    assert Report.objects.get(pk=report.pk).status == Status.PUBLISHED
    with pytest.raises(models.ProtectedError):
        report.delete()


def _some_field(model: type[models.Model]) -> str:
    return next(f.name for f in model._meta.concrete_fields if not f.primary_key)
