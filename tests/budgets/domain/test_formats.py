"""Rows of an earlier format are read in today's layout, however they are loaded; their bytes stay."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from budgets.domain import formats
from budgets.models import Publication, SectionVersion, Submission
from budgets.storage.loading import load_dossier
from budgets.storage.sources import fixed_sources, full_dossiers
from tests.project_years import project, published
from tests.small_year import small_year


@pytest.fixture
def second_format(monkeypatch):
    """As if a later release called a project's amounts otherwise and wrote headline figures in 万元."""
    steps = {
        formats.DOSSIER: lambda data: (
            data | {"projects": [p | {"key": f"{p['key']}2"} for p in data["projects"]]}
        ),
        formats.ACCOUNTS: lambda data: [account | {"name": "改写的名称"} for account in data],
        formats.SUMMARY: lambda data: data | {"duties": ["改写的职能"]},
        formats.SHEETS: lambda data: data[:1],
        formats.SECTION: lambda data: data | {"rewritten": True},
    }
    monkeypatch.setattr(formats, "FORMAT", 2)
    monkeypatch.setattr(formats, "UPGRADES", {1: steps})


def test_steps_follow_one_another(monkeypatch):
    monkeypatch.setattr(formats, "FORMAT", 3)
    monkeypatch.setattr(
        formats,
        "UPGRADES",
        {1: {formats.SUMMARY: lambda d: [*d, 1]}, 2: {formats.SUMMARY: lambda d: [*d, 2]}},
    )
    assert formats.current(formats.SUMMARY, [], 1) == [1, 2]
    assert formats.current(formats.SUMMARY, [], 2) == [2]
    assert formats.current(formats.SUMMARY, [], 3) == []
    assert formats.current(formats.SHEETS, ["as it was"], 1) == ["as it was"]
    assert formats.current(formats.SUMMARY, None, 1) is None


def test_a_format_of_a_later_release_is_told():
    newer = formats.FORMAT + 1
    with pytest.raises(formats.UnknownFormat, match=f"format {newer} is newer than {formats.FORMAT}"):
        formats.current(formats.SUMMARY, {}, newer)


@pytest.mark.django_db
def test_a_publication_is_read_in_todays_layout_by_every_road(second_format, client):
    report = published(2022, project("a", "100000.00"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budgets_publication SET format = 1")
    row = Publication.objects.get()
    assert [p["key"] for p in row.full_dossier["projects"]] == ["a2"]
    assert len(row.sheets) == 1
    late = Publication.objects.defer("summary").get()
    assert late.summary["duties"] == ["改写的职能"]
    [only] = full_dossiers(Publication.objects.all(), "report_id").values()
    assert [p["key"] for p in only["projects"]] == ["a2"]
    page = client.get("/2022/112001/budget/").text
    assert "改写的职能" in page
    assert "改写的名称" in client.get("/departments/112001/projects/a/").text
    assert report.publications.get().sheets == row.sheets


@pytest.mark.django_db
def test_what_a_submitted_report_reads_and_its_versions_are_too(second_format):
    year = small_year(project("a", "500000.00", name="日常业务"))
    year.submit(year.budget)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budgets_submission SET format = 1")
    report = year.current(year.budget)
    [source] = fixed_sources([report])[report.pk]
    assert [p["key"] for p in source.content["projects"]] == ["a2"]
    [before] = load_dossier(report).earlier
    assert before.project("a2").amount == Decimal("300000.00")
    assert Submission.objects.get().format == 1
    version = SectionVersion.objects.create(report=report, section="basics", number=1, content={}, format=1)
    assert SectionVersion.objects.get(pk=version.pk).content == {"rewritten": True}
