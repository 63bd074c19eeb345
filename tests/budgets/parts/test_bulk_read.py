"""Rows gathered from many tables are those that each table gives alone, in one query."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db.models import F

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import DutyItem, LineItem, Post, ProjectApplication, ProjectHistory, ThreePublicDetail
from budgets.parts.base import read_parts
from budgets.parts.bulk_read import Reading
from performance.models import IndicatorResult, SelfEvaluation
from tests.sample_world import sample

pytestmark = pytest.mark.django_db


def plain(rows) -> list[dict]:
    return [{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} for row in rows]


def test_each_row_is_as_its_table_gives_it(django_assert_num_queries):
    report = adopt(sample(), Status.DRAFT)
    models = (LineItem, DutyItem, Post, ThreePublicDetail, ProjectHistory, ProjectApplication)
    assert all(model.objects.exists() for model in models)
    Reading([DutyItem.objects.all()]).rows()  # SQLite is asked once whether it knows JSON
    with django_assert_num_queries(1):
        found = Reading([model.objects.all() for model in models]).rows()
    for rows, model in zip(found, models, strict=True):
        assert plain(rows) == plain(model.objects.all())
    assert {type(row.amount) for row in found[0]} == {Decimal}
    assert not found[0][0]._state.adding
    assert report.pk == found[0][0].report_id


def test_amounts_and_dates_are_exact():
    report = adopt(sample(), Status.DRAFT)
    line = LineItem.objects.filter(report=report).first()
    amounts = [Decimal(text) for text in ("0.10", "-0.01", "1234567890123.45", "0.00", "1000000000000.00")]
    for amount in amounts:
        LineItem.objects.filter(pk=line.pk).update(amount=amount, remark='“引号"\\\n😀')
        [[row]] = Reading([LineItem.objects.filter(pk=line.pk)]).rows()
        assert str(row.amount) == str(amount)
        assert row.remark == '“引号"\\\n😀'
    day = datetime.date(2024, 2, 29)
    evaluation = SelfEvaluation.objects.create(report=report, filled_on=day, execution_score=Decimal("9.5"))
    IndicatorResult.objects.create(evaluation=evaluation, key="a")
    [[whole], [result]] = Reading([SelfEvaluation.objects.all(), IndicatorResult.objects.all()]).rows()
    assert (whole.filled_on, whole.execution_score) == (day, Decimal("9.50"))
    assert (result.score, result.evaluation_id) == (None, evaluation.pk)


def test_annotations_come_along_and_a_queryset_without_rows_has_its_place():
    adopt(sample(), Status.DRAFT)
    lines = LineItem.objects.annotate(code=F("function__code"))
    nothing, found, none = Reading([lines.filter(key="-"), lines, DutyItem.objects.none()]).rows()
    assert nothing == none == []
    assert [row.code for row in found] == [row.code for row in lines]
    assert read_parts({}) == {}
