"""说明文字 in the browser: from a figure to its field, and back to what it says now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, expect

from budgets.actions.correct import correct
from budgets.domain.choices import Role, Status
from budgets.models import Report
from tests.browser.walk import EntryDesk, sign_in, signed_in
from tests.edited_docx import replaced
from tests.factories import person
from tests.project_years import freeze
from tests.samples import adopt_sample


def test_from_a_sentence_to_its_field_and_back(
    live_server: Any, draft: Report, new_context: Callable[..., BrowserContext]
) -> None:
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{draft.pk}/text/")
    posts = page.locator("article.narrative .sentence", has_text="共有编制")
    expect(posts).to_contain_text("事业编制51人")
    posts.get_by_role("link", name="51").last.click()
    authorised = page.locator("#f-staffing-institution-authorised")
    expect(authorised).to_be_focused()
    page.wait_for_load_state()
    authorised.fill("52")
    EntryDesk(page).save()
    expect(page.locator("#told")).to_contain_text("事业编制52人")
    page.go_back()
    expect(posts).to_contain_text("事业编制52人")


def test_the_full_text_is_edited_in_word_and_comes_back(
    live_server: Any, draft: Report, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{draft.pk}/text/")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载全文（Word）").click()
    edited = tmp_path / "改过.docx"
    edited.write_bytes(
        replaced(
            started.value.path().read_bytes(), ("编入部门预算", "纳入部门预算管理"), ("967.43", "976.43")
        )
    )
    page.get_by_role("link", name="传回改过的 Word").click()
    page.get_by_label("改过的 Word 文件").set_input_files(edited)
    page.get_by_role("button", name="比对").click()
    expect(page.get_by_role("heading", name="可以采用的改写 1 句")).to_be_visible()
    expect(page.get_by_text("“967.43万元”改成了“976.43万元”")).to_be_visible()
    page.get_by_role("button", name="采用这 1 句").click()
    expect(page.locator("[id='n-balance.principle']")).to_contain_text("纳入部门预算管理")
    expect(page.locator("article.narrative figure.narrative-chart svg")).to_have_count(4)


def test_a_sentence_is_reworded_and_follows_its_figures(
    live_server: Any, draft: Report, new_context: Callable[..., BrowserContext]
) -> None:
    page = signed_in(new_context(), live_server.url, "jingban")
    text = f"{live_server.url}/entry/{draft.pk}/text/"
    page.goto(text)
    retired = page.locator("article.narrative p", has=page.locator("[id='n-staffing.retired']"))
    retired.get_by_role("link", name="改写", exact=True).last.click()
    wording = page.get_by_label("改写为")
    wording.fill("〔1 0〕人离退休，共 0 人。")
    page.get_by_role("button", name="保存改写").click()
    expect(page.get_by_text("✕ 少了 〔2 0〕")).to_be_visible()
    expect(wording).to_have_value("〔1 0〕人离退休，共 0 人。")
    wording.fill("离退休共〔1 0〕人：离休〔2 0〕人、退休〔3 0〕人。")
    expect(page.locator(".told-now").last).to_have_text("离退休共0人：离休0人、退休0人。")
    page.get_by_role("button", name="保存改写").click()
    sentence = page.locator("[id='n-staffing.retired']")
    expect(sentence).to_have_text("离退休共0人：离休0人、退休0人。")
    expect(page.get_by_role("link", name="已改写")).to_be_visible()
    page.goto(f"{live_server.url}/entry/{draft.pk}/staffing/")
    page.locator("#f-staffing-retirees").fill("7")
    EntryDesk(page).save()
    page.goto(text)
    expect(sentence).to_have_text("离退休共7人：离休0人、退休7人。")


def test_a_comment_on_a_sentence_is_answered(
    live_server: Any, draft: Report, new_context: Callable[..., BrowserContext]
) -> None:
    Report.objects.filter(pk=draft.pk).update(status=Status.RETURNED, submitted_at=draft.created_at)
    person("chushen", Role.REVIEWER, district=draft.department.district)
    site = live_server.url
    reviewer = sign_in(new_context().new_page(), site, "chushen", "/admin/")
    reviewer.goto(f"{site}/admin/budgets/report/{draft.pk}/change/?tab=text")
    reviewer.locator("[id='n-staffing.filled']").click()
    expect(reviewer.locator("select[name=section]")).to_have_value("staffing")
    reviewer.get_by_label("意见", exact=True).fill("在职人数与名册不一致")
    reviewer.get_by_role("button", name="提出意见").click()
    expect(reviewer.get_by_text("意见已提出")).to_be_visible()

    page = signed_in(new_context(), site, "jingban")
    page.goto(f"{site}/entry/{draft.pk}/")
    page.get_by_role("link", name="看这一句").click()
    expect(page.locator("[id='n-staffing.filled']")).to_have_class("sentence has-comment")
    page.get_by_label("答复").fill("已按名册核对")
    page.get_by_role("button", name="发出答复").click()
    expect(page.get_by_text("答复已发出")).to_be_visible()
    reviewer.reload()
    expect(reviewer.get_by_text("已按名册核对")).to_be_visible()
    reviewer.get_by_role("button", name="解决").click()
    page.goto(f"{site}/entry/{draft.pk}/text/")
    expect(page.locator("[id='n-staffing.filled']")).to_have_class("sentence")


def test_a_correction_shows_the_sentences_that_changed(
    live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    report = adopt_sample()
    clerk = person("baosong", Role.SUBMITTER, department=report.department)
    approver = person("pifu", Role.APPROVER, district=report.department.district)
    correct(report.pk, approver, report.changes, "退休人数有误")
    page = signed_in(new_context(), live_server.url, "baosong")
    page.goto(f"{live_server.url}/entry/{report.pk}/staffing/")
    page.locator("#f-staffing-retirees").fill("7")
    EntryDesk(page).save()
    freeze(Report.objects.get(pk=report.pk), clerk, reason="退休人数有误")
    Report.objects.filter(pk=report.pk).update(status=Status.PUBLISHED)
    public = new_context().new_page()
    public.goto(f"{live_server.url}/2023/112001/budget/")
    expect(public.locator(".public-notice")).to_contain_text("第 2 版（更正） 更正原因：退休人数有误")
    public.get_by_role("link", name="改动 1 处").click()
    changed = public.get_by_role("region", name="说明文字中的变动")
    expect(changed).to_contain_text("离退休人员0人，其中：离休0人，退休0人。")
    expect(changed).to_contain_text("离退休人员7人，其中：离休0人，退休7人。")
    total = public.locator("article.narrative").get_by_role("link", name="967.43万元").first
    total.click()
    expect(public.locator("#c-T03-total-basic")).to_be_in_viewport()
