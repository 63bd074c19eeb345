"""The generated 说明: every figure leads to where it comes from, and nothing tells of what is withheld."""

from __future__ import annotations

import re
from html import unescape

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.models import LineItem, Publication, Report, Rewording
from tests.budgets.actions.transition_steps import to_published

from .case import EntryCase, form_of


class Narrative(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def text(self) -> str:
        """The words of the document."""
        page = self.page("text").content.decode()
        body = page[page.index('<article class="narrative"') : page.index("</article>")]
        return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", body)))

    def test_what_the_figures_say_stands_there(self) -> None:
        said = self.text()
        self.assertIn("一、", said)
        for figure in ("3073.53万元", "967.43万元", "12个项目"):
            self.assertIn(figure, said)

    def test_a_changed_figure_changes_the_text(self) -> None:
        self.assertIn("967.43万元", self.text())
        line = LineItem.objects.filter(report=self.report, use="basic").first()
        assert line is not None
        line.amount += 10000
        line.save()
        self.assertNotIn("967.43万元", self.text())
        self.assertIn("968.43万元", self.text())

    def test_every_link_leads_to_a_page_and_every_field_to_its_control(self) -> None:
        self.follow_links(self.page("text"), fields=10, every=8)

    def test_a_figure_says_where_it_is_entered(self) -> None:
        page = self.page("text").content.decode()
        self.assertRegex(page, r'<a [^>]*title="填在“人员情况”">51</a>')
        self.assertRegex(page, r'<a [^>]*title="填在“基本支出”">967.43万元</a>')
        self.assertRegex(page, r"<a [^>]*>3073.53万元</a>")

    def test_also_where_something_is_withheld(self) -> None:
        self.report.applications.filter(name="综合业务").update(disclosure="withheld")
        self.assertIn("不予公开项目", self.text())
        self.follow_links(self.page("text"), fields=10, every=8)

    def test_no_two_sentences_have_one_id(self) -> None:
        page = self.page("text").content.decode()
        ids = re.findall(r'id="(n-[^"]+)"', page)
        self.assertEqual(len(ids), len(set(ids)))

    def test_it_is_redacted_and_says_so(self) -> None:
        self.assertIn("综合业务", self.text())
        self.report.applications.filter(name="综合业务").update(disclosure="withheld")
        self.assertNotIn("综合业务", self.text())
        self.assertContains(self.page("text"), "不予公开的 1 个项目不出现")

    def told(self, route: str, key: str) -> list[str]:
        """The sentences below the form of a section."""
        page = self.page(route, key).content.decode()
        below = page.partition('id="told"')[2].partition("</details>")[0]
        return [
            re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", item)))
            for item in re.findall(r"<li>(.*?)</li>", below, re.DOTALL)
        ]

    def test_a_section_shows_the_sentences_that_tell_of_it(self) -> None:
        self.assertTrue(
            any(said.startswith("基本支出967.43万元") for said in self.told("section", "expenditure"))
        )
        self.assertTrue(any("编制51人" in said for said in self.told("section", "staffing")))
        reason = "选聘到岗的人员增加"
        self.assertTrue(any(reason in said for said in self.told("section", "explanations")))
        project = self.told("project", "general-affairs")
        self.assertTrue(any("综合业务75万元" in said for said in project))
        self.assertFalse(any("人才工作经费" in said for said in project))

    def test_what_is_saved_is_told_at_once(self) -> None:
        form = form_of(self.page("section", "basics"))
        form["basics-composition"] = ["由三个事业单位组成"]
        self.client.post(self.url("section", "basics"), form)
        self.assertTrue(any("由三个事业单位组成" in said for said in self.told("section", "basics")))

    def test_a_comment_on_a_sentence_stands_at_it_and_can_be_answered(self) -> None:
        Report.objects.filter(pk=self.report.pk).update(submitted_at=timezone.now())
        thread = comments.add(
            self.report, self.world.reviewer, "staffing", "请核对", "text/staffing.authorised", "说明 · 人员"
        )
        page = self.page("text").content.decode()
        self.assertEqual(page.count('class="sentence has-comment"'), 1)
        self.assertIn(f'id="comment-{thread.pk}"', page)
        url = reverse("entry:text", args=[self.report.pk]) + "#n-staffing.authorised"
        self.assertContains(self.page("report"), f'href="{url}"')
        answer = self.client.post(
            reverse("entry:answer", args=[self.report.pk, thread.pk]), {"text": "已改", "on": "text"}
        )
        text = reverse("entry:text", args=[self.report.pk])
        self.assertRedirects(answer, f"{text}#comment-{thread.pk}")
        self.assertContains(self.page("section", "staffing"), "看这一句")
        self.assertContains(self.page("text"), "已改")

    def reword(self, key: str, **data: str):
        form = form_of(self.client.get(reverse("entry:reword", args=[self.report.pk, key])), "reword")
        return self.client.post(reverse("entry:reword", args=[self.report.pk, key]), {**form, **data})

    def take_back(self):
        row = Rewording.objects.get().key
        return self.client.post(reverse("entry:reword_back", args=[self.report.pk, row]))

    def test_a_sentence_is_reworded_where_it_stands(self) -> None:
        url = reverse("entry:reword", args=[self.report.pk, "staffing.retired"])
        self.assertContains(self.page("text"), f'href="{url}"')
        self.assertContains(self.client.get(url), "离退休人员〔1 0〕人，其中：离休〔2 0〕人，退休〔3 0〕人。")
        answer = self.reword("staffing.retired", wording="离退休共〔1 0〕人，〔2 0〕人离休，〔3 0〕人退休。")
        self.assertRedirects(answer, reverse("entry:text", args=[self.report.pk]) + "#n-staffing.retired")
        self.assertIn("离退休共0人，0人离休，0人退休。", self.text())
        page = self.client.get(url)
        self.assertContains(page, "系统的写法：离退休人员〔1 0〕人")
        self.assertContains(page, "离退休共〔1 0〕人，〔2 0〕人离休，〔3 0〕人退休。")
        self.take_back()
        self.assertIn("离退休人员0人", self.text())

    def test_refused_words_come_back_as_they_were_typed(self) -> None:
        answer = self.reword("staffing.retired", wording="退休〔3 0〕人，共 5 人。")
        self.assertContains(answer, "退休〔3 0〕人，共 5 人。", status_code=422)
        self.assertContains(answer, "✕ 少了 〔1 0〕", status_code=422)
        self.assertContains(answer, 'id="reword-wording_error"', status_code=422)
        answer = self.reword("staffing.retired", seen="旧的", wording="改〔1〕〔2〕〔3〕。")
        self.assertContains(answer, "改〔1〕〔2〕〔3〕。", status_code=409)

    def test_another_window_is_not_overwritten_and_the_words_come_back(self) -> None:
        url = reverse("entry:reword", args=[self.report.pk, "staffing.retired"])
        mine = form_of(self.client.get(url), "reword")
        self.reword("staffing.retired", wording="共〔1〕人，离休〔2〕人、退休〔3〕人。")
        answer = self.client.post(url, {**mine, "wording": "离退休共〔1〕人，〔2〕人离休，〔3〕人退休。"})
        self.assertContains(answer, "另有改写", status_code=409)
        self.assertContains(answer, "离退休共〔1〕人，〔2〕人离休，〔3〕人退休。", status_code=409)
        again = form_of(answer, "reword")
        self.assertEqual(self.client.post(url, again).status_code, 302)
        self.assertIn("离退休共0人，0人离休，0人退休。", self.text())

    def test_a_rewording_that_does_not_fit_any_more_is_shown_and_can_be_deleted(self) -> None:
        self.reword("staffing.retired", wording="离退休共〔1〕人，〔2〕人离休，〔3〕人退休。")
        Rewording.objects.update(original="别的〔1〕〔2〕〔3〕。")
        page = self.page("text")
        self.assertContains(page, "没有采用的改写")
        self.assertContains(page, "您的改写：离退休共〔1〕人")
        self.assertContains(
            self.page("check"), f'href="{reverse("entry:text", args=[self.report.pk])}#stale"'
        )
        self.take_back()
        self.assertNotContains(self.page("text"), "没有采用的改写")

    def test_passages_are_typed_in_their_section_and_leave_the_wording_alone(self) -> None:
        self.reword("staffing.retired", wording="离退休共〔1〕人，〔2〕人离休，〔3〕人退休。")
        form = form_of(self.page("section", "statement"))
        row = next(name for name in form if name.startswith("passages-") and name.endswith("-text"))
        form[row] = ["没有更多要说明的。"]
        self.assertEqual(self.client.post(self.url("section", "statement"), form).status_code, 302)
        said = self.text()
        self.assertIn("其他需要说明的情况没有更多要说明的。", said)
        self.assertIn("离退休共0人，0人离休，0人退休。", said)

    def test_locked_it_can_only_be_read(self) -> None:
        self.reword("staffing.retired", wording="离退休共〔1〕人，〔2〕人离休，〔3〕人退休。")
        self.set_status("submitted")
        self.assertNotContains(self.page("text"), "sentence-tool")
        url = reverse("entry:reword", args=[self.report.pk, "staffing.retired"])
        self.assertContains(self.client.get(url), "正由财政部门审核")
        self.assertContains(self.take_back(), "不能修改", status_code=409)

    def test_what_was_published_without_a_text_has_none(self) -> None:
        to_published(self.report, self.world)
        self.assertIn("3073.53万元", self.text())
        QuerySet(Publication).update(narrative=None)
        self.assertContains(self.page("text"), "还没有由数据写出的说明文字")

    def test_out_of_scope(self) -> None:
        self.enter(self.world.sister_preparer)
        self.assertEqual(self.client.get(f"/entry/{self.report.pk}/text/").status_code, 404)
