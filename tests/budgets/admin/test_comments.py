"""Asking, answering, settling, by real posts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budgets.actions import comments
from budgets.models import Comment
from tests.factories import make_report


def add_url(report) -> str:
    return reverse("admin:budgets_report_comment", args=[report.pk])


def act_url(report, thread, verb: str) -> str:
    return reverse("admin:budgets_report_comment_act", args=[report.pk, thread.pk, verb])


def test_a_comment_on_a_figure_knows_its_place(world, report, login) -> None:
    data = {"section": "expenditure", "target": "T05/total/total", "text": "请说明", "place": "伪造"}
    answer = login(world.reviewer).post(add_url(report), data)
    assert answer.status_code == 302 and "figure" in answer["Location"]
    comment = Comment.objects.get()
    assert (comment.section, comment.target, comment.author) == (
        "expenditure",
        "T05/total/total",
        world.reviewer,
    )
    assert comment.place.startswith("表5 一般公共预算支出表")


def test_a_comment_on_a_sentence_knows_its_place(world, report, login) -> None:
    data = {"section": "staffing", "target": "text/staffing.authorised", "text": "请核对", "place": "伪造"}
    client = login(world.reviewer)
    answer = client.post(add_url(report), data)
    url = reverse("admin:budgets_report_sentence", args=[report.pk]) + "?key=staffing.authorised"
    assert (answer.status_code, answer["Location"]) == (302, url)
    comment = Comment.objects.get()
    assert comment.sentence == "staffing.authorised"
    assert comment.place.startswith("说明 · 人员情况“武汉市东西湖区企业和人才服务中心共有编制51人")
    page = client.get(url).text
    assert "请核对" in page and "编制" in page
    tab = client.get(reverse("admin:budgets_report_change", args=[report.pk]), {"tab": "text"}).text
    assert 'class="sentence has-comment"' in tab and "就文字提出的意见" in tab


def test_a_comment_on_a_sentence_that_is_gone_leads_to_the_text(world, report, login) -> None:
    thread = comments.add(report, world.reviewer, "basics", "请核对", "text/duties.duty-1", "说明 · 职能")
    report.dutyitem_set.filter(key="duty-1").delete()
    client, url = login(world.reviewer), reverse("admin:budgets_report_change", args=[report.pk])
    for tab in ("text", "comments"):
        page = client.get(url, {"tab": tab}).text
        assert "请核对" in page and "sentence/?key=duties.duty-1" not in page
    assert client.post(act_url(report, thread, "resolve")).status_code == 302


def test_a_sentence_that_is_not_there_takes_none(world, report, login) -> None:
    data = {"section": "income", "target": "text/nothing", "text": "请说明"}
    assert login(world.reviewer).post(add_url(report), data).status_code == 404
    assert not Comment.objects.exists()


def test_a_comment_on_a_section(world, report, login) -> None:
    project = report.applications.first()
    data = {"section": f"project:{project.project.key}", "text": "请补充"}
    login(world.approver).post(add_url(report), data)
    assert Comment.objects.get().place == project.name


def test_a_figure_that_is_not_there_takes_none(world, report, login) -> None:
    data = {"section": "income", "target": "T05/x/y", "text": "请说明"}
    assert login(world.reviewer).post(add_url(report), data).status_code == 404
    assert not Comment.objects.exists()


@pytest.mark.parametrize("section", ["", "nothing", "project:nothing", "project:\0"])
@pytest.mark.parametrize("target", ["", "T05/total/total", "text/balance.total"])
def test_what_was_typed_is_kept_when_it_is_refused(world, report, login, target, section) -> None:
    data = {"section": section, "target": target, "text": "打了很久的字"}
    answer = login(world.reviewer).post(add_url(report), data)
    assert answer.status_code == 409
    assert "打了很久的字" in answer.text and "没有这个部分" in answer.text
    assert 'aria-describedby="comment-section_error"' in answer.text
    assert not Comment.objects.exists()


def test_an_empty_comment_is_refused(world, report, login) -> None:
    answer = login(world.reviewer).post(add_url(report), {"section": "income", "text": "  "})
    assert answer.status_code == 409 and "✕ 请填写意见" in answer.text
    assert 'id="comment-text_error"' in answer.text


def test_an_empty_answer_is_refused_at_its_field(world, report, login) -> None:
    thread, other = (comments.add(report, world.reviewer, "income", text) for text in ("请核对", "请补充"))
    answer = login(world.reviewer).post(act_url(report, thread, "answer"), {"text": " "})
    assert answer.status_code == 409 and "✕ 请填写答复" in answer.text
    assert answer.text.count("<details open>") == 1
    assert f'id="answer-{thread.pk}-text_error"' in answer.text
    assert f'id="answer-{other.pk}-text_error"' not in answer.text


def test_answer_resolve_reopen(world, report, login) -> None:
    thread = comments.add(report, world.reviewer, "income", "请核对")
    client = login(world.reviewer)
    assert client.post(act_url(report, thread, "answer"), {"text": "补充一句"}).status_code == 302
    assert thread.answers.get().text == "补充一句"
    client.post(act_url(report, thread, "resolve"))
    thread.refresh_from_db()
    assert not thread.is_open and thread.resolved_by == world.reviewer
    refused = client.post(act_url(report, thread, "answer"), {"text": "还有一句"})
    assert refused.status_code == 409 and "重新打开后才能答复" in refused.text
    client.post(act_url(report, thread, "reopen"))
    thread.refresh_from_db()
    assert thread.is_open


def test_acts_are_posts(world, report, login) -> None:
    thread = comments.add(report, world.reviewer, "income", "请核对")
    client = login(world.reviewer)
    for verb in ("answer", "resolve", "reopen"):
        assert client.get(act_url(report, thread, verb)).status_code == 405
    assert client.post(act_url(report, thread, "delete")).status_code == 404


def test_a_thread_of_another_report_is_not_this_ones(world, report, login) -> None:
    other = make_report(world, "submitted")
    thread = comments.add(other, world.reviewer, "income", "请核对")
    assert login(world.reviewer).post(act_url(report, thread, "resolve")).status_code == 404
    answer = comments.answer(thread.pk, world.submitter, "答")
    assert login(world.reviewer).post(act_url(other, answer, "resolve")).status_code == 404


def test_what_people_write_is_text(world, report, login) -> None:
    comments.add(report, world.reviewer, "income", "<script>alert(1)</script>")
    text = (
        login(world.reviewer)
        .get(reverse("admin:budgets_report_change", args=[report.pk]) + "?tab=comments")
        .text
    )
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
