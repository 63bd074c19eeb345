"""A dossier is loaded in a number of queries that grows with nothing in the report."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.storage.loading import load_dossier
from tests.sample_world import sample

pytestmark = pytest.mark.django_db


def small() -> dict:
    """The sample with one project, one activity and one line of everything."""
    document = sample()
    document["projects"] = document["projects"][:1]
    document["expenditure"]["lines"] = document["expenditure"]["lines"][:1]
    document["basics"]["duties"] = document["basics"]["duties"][:1]
    return document


def queries(document: dict) -> int:
    report = adopt(document, Status.DRAFT)
    load_dossier(report)  # the names of the subjects are read once
    with CaptureQueriesContext(connection) as captured:
        load_dossier(report)
    return len(captured)


def test_a_large_report_costs_no_more_queries_than_a_small_one(django_assert_num_queries):
    for year in (2021, 2022):
        adopt(sample(year=year), Status.ARCHIVED)
    count = queries(small())
    assert count < 40
    large = sample()
    template = json.dumps(large["projects"][0])
    for number in range(60):
        large["projects"].append(json.loads(template.replace('"key": "', f'"key": "x{number}-')))
    report = adopt(large, Status.DRAFT)
    assert report.applications.count() == 72
    with django_assert_num_queries(count):
        load_dossier(report)
