"""已公开的版次: what was published, what of it shows what is withheld now, and taking it away from the public."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from budgets.actions.correct import correct
from budgets.models import Publication, Withdrawal
from tests.project_years import project
from tests.small_year import SmallYear, small_year

pytestmark = pytest.mark.django_db

SECRET, KEY = "专班联络保障经费", "0f8fad5bd9cb469fa16570867728950e"
PAGE = "/2023/112001/budget/"


@pytest.fixture
def year() -> SmallYear:
    """Published with everything, corrected so that one project is withheld, approved."""
    made = small_year(project("a", "500000.00", name="日常业务"), project(KEY, "7919113.37", name=SECRET))
    made.to_published(made.budget)
    correct(made.budget.pk, made.world.approver, made.current(made.budget).changes, "一个项目改为不予公开")
    made.budget.applications.filter(name=SECRET).update(disclosure="withheld")
    made.to_approved(made.budget)
    return made


def url(year: SmallYear, name: str, *args: object) -> str:
    return reverse(f"admin:budgets_report_{name}", args=[year.budget.pk, *args])


def text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def test_the_bureau_is_told_where_what_is_withheld_now_can_still_be_read(year, login) -> None:
    client = login(year.world.approver)
    for address in (url(year, "change"), url(year, "verb", "publish"), url(year, "publications")):
        page = client.get(address).text
        assert "现在不予公开的内容，仍可在这些版次中看到" in page and "2023 年部门预算第 1 版" in page


def test_a_withdrawn_revision_is_gone_for_the_public_and_not_for_the_bureau(year, login) -> None:
    year.publish(year.budget)
    names = [f.name for f in Publication.objects.get(report=year.budget, revision=1).files.all()]
    before = {name: text(Client().get(f"{PAGE}1/{name}")) for name in names}
    assert SECRET in text(Client().get(f"{PAGE}1/")) and all(before.values())
    client = login(year.world.approver)
    done = client.post(url(year, "withdraw", 1), {"reason": f"写有{SECRET}"}, follow=True)
    assert "第 1 版已撤下" in done.text and f"写有{SECRET}" in done.text
    for address in (f"{PAGE}1/", *(f"{PAGE}1/{name}" for name in names)):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "由财政部门撤下" in answer.text and SECRET not in answer.text and KEY not in answer.text
    page = Client().get(PAGE).text
    assert "第 1 版，" in page and "撤下" in page and SECRET not in page
    for name in names:
        assert text(client.get(url(year, "published_file", 1, name))) == before[name]
    listed = client.get(url(year, "publications")).text
    assert all(
        f.sha256 in listed for f in Publication.objects.get(revision=1, report=year.budget).files.all()
    )
    assert "仍可在这些版次中看到" not in listed
    step = year.budget.transitions.last()
    assert (step.verb, step.source, step.target) == ("withdraw", "published", "published")
    notice = year.world.submitter.notices.order_by("pk").last()
    assert notice.title.endswith("有一版已撤下") and "第 1 版" in notice.text


def test_withdrawing_the_last_revision_leaves_nothing_to_be_found(year, login) -> None:
    year.publish(year.budget)
    login(year.world.approver).post(url(year, "withdraw", 2), {"reason": "不该公开"})
    assert Client().get(PAGE).status_code == 410
    assert PAGE not in Client().get("/").text
    assert Client().get("/departments/112001/").status_code == 404


def test_it_is_withdrawn_once_by_the_approver_with_a_reason(year, login) -> None:
    client = login(year.world.approver)
    assert client.get(url(year, "withdraw", 1)).status_code == 200
    for data in ({}, {"reason": " "}):
        answer = client.post(url(year, "withdraw", 1), data)
        assert answer.status_code in (409, 422) and "请填写撤下理由" in answer.text
    for user in (year.world.reviewer, year.world.administrator, year.world.foreign_approver):
        assert login(user).post(url(year, "withdraw", 1), {"reason": "不该公开"}).status_code == 404
    assert not Withdrawal.objects.exists()
    client.post(url(year, "withdraw", 1), {"reason": "不该公开"})
    assert client.get(url(year, "withdraw", 1)).status_code == 409
    answer = client.post(url(year, "withdraw", 1), {"reason": "再来一次"})
    assert answer.status_code == 409 and "已经撤下" in answer.text
    assert Withdrawal.objects.count() == 1
    assert client.get(url(year, "withdraw", 7)).status_code == 404


def test_a_double_click_does_once_what_it_says_and_says_so(year, login) -> None:
    """The browser shows the second answer alone."""
    approver, submitter = login(year.world.approver), login(year.world.submitter)
    publish = reverse("entry:publish", args=[year.budget.pk])
    data = {"seen": year.current(year.budget).changes}
    for answer in (submitter.post(publish, data), submitter.post(publish, data)):
        assert (answer.status_code, answer["Location"]) == (
            302,
            reverse("entry:report", args=[year.budget.pk]),
        )
    assert year.budget.publications.count() == 2
    data = {"reason": "不该公开"}
    for answer in (
        approver.post(url(year, "withdraw", 1), data),
        approver.post(url(year, "withdraw", 1), data),
    ):
        assert (answer.status_code, answer["Location"]) == (302, url(year, "publications"))
    assert Withdrawal.objects.count() == 1
    data = {"seen": year.current(year.budget).changes, "reason": "再更正"}
    for answer in (approver.post(url(year, "verb", "correct"), data) for _ in range(2)):
        assert answer.status_code == 302
    assert year.current(year.budget).revision == 3
    assert approver.post(url(year, "verb", "correct"), {**data, "reason": "另一个原因"}).status_code == 409
    assert submitter.post(publish, data).status_code == 409
