"""What the first sentence of a report says of last year: the whole, or both figures and why, or nothing."""

from typing import Any

import pytest

from budgets.actions.adopt import adopt
from budgets.disclosure import publication
from budgets.disclosure.summary import summarise
from budgets.domain.choices import Status
from budgets.models import Publication
from tests.samples import adopt_sample, document

pytestmark = pytest.mark.django_db

ADDRESS = "/2023/112001/budget/"
WHY = "一个科室划出"
ADJUSTED = (
    "其中基本支出 967.43 万元，上年公布 870.46 万元，按本年口径调整为 819.45 万元（调整原因：一个科室划出），"
    "与调整后的上年数相比增加 147.98 万元（18.06%）；"
)


def lead(client) -> str:
    page = client.get(ADDRESS).content.decode()
    return page.partition('<p class="lead">')[2].partition("</p>")[0]


def in_part() -> dict[str, Any]:
    """2022 of which the total and a little of basic expenditure are known."""
    last = document(year=2022) | {"projects": []}
    lines = [
        {"key": "all", "use": "unspecified", "amount": "10000000.00"},
        {"key": "some", "use": "basic", "amount": "50000.00"},
    ]
    return last | {"expenditure": {"lines": lines}}


def restated(**amounts: str) -> dict[str, Any]:
    """2023 with last year's figures in 元 by key, ``_`` for the dot."""
    figures = [{"figure": k.replace("_", "."), "amount": v, "reason": WHY} for k, v in amounts.items()]
    return document() | {"restated": {"figures": figures}}


@pytest.fixture
def on_another_scope():
    adopt_sample(year=2022, status=Status.ARCHIVED)
    this = restated(basic_personnel="7000000.00", basic="8194500.00", total="47367500.00")
    return adopt(this, Status.PUBLISHED)


def test_of_what_is_known_in_part_only_the_total_is_compared(client):
    adopt(in_part(), Status.ARCHIVED)
    adopt(document() | {"restated": {"figures": []}}, Status.PUBLISHED)
    said = lead(client)
    assert "3,073.53 万元</strong>，比上年增加 2,068.53 万元（205.82%）。" in said
    assert said.endswith("其中基本支出 967.43 万元；项目支出 2,106.10 万元。“三公”经费 3.00 万元。")
    figures = Publication.objects.get().summary["figures"]
    assert [key for key, figure in figures.items() if figure["previous"] is not None] == ["total"]


def test_a_restated_figure_is_published_beside_the_published_one_with_its_reason(client, on_another_scope):
    assert ADJUSTED in lead(client)
    assert "比上年减少 1,811.20" in lead(client).replace("项目支出 2,106.10 万元，", "")
    figure = Publication.objects.get().summary["figures"]["basic"]
    assert (figure["previous"], figure["published"]) == ("8194500.00", "8704600.00")
    assert figure["restated_reason"] == WHY


def test_what_is_entered_for_a_year_that_does_not_tell_says_where_it_is_from(client):
    adopt_sample(year=2022, status=Status.ARCHIVED)
    adopt_sample()
    why = "上年编报只归集到类，取自公开的“三公”经费支出表"
    assert f"“三公”经费 3.00 万元，与上年持平（上年数 3.00 万元，{why}）。" in lead(client)


def test_a_reason_is_no_markup(client):
    adopt_sample(year=2022, status=Status.ARCHIVED)
    this = restated(project="39173000.00", total="47877600.00")
    this["restated"]["figures"][0] |= {"amount": "39172900.00", "reason": "<b>划出</b>"}
    adopt(this, Status.PUBLISHED)
    assert "（调整原因：&lt;b&gt;划出&lt;/b&gt;）" in lead(client)


def test_a_summary_that_was_frozen_before_reads_as_it_did(client, monkeypatch):
    def as_before(dossier):
        summary = summarise(dossier)
        for figure in summary["figures"].values():
            del figure["published"], figure["restated_reason"]
        return summary

    monkeypatch.setattr(publication, "summarise", as_before)
    adopt_sample(year=2022, status=Status.ARCHIVED)
    adopt_sample()
    assert "比上年减少 1,714.23 万元（35.80%）" in lead(client)
    assert "“三公”经费 3.00 万元，与上年持平。" in lead(client)
