"""The generated 说明: every figure leads to where it comes from, and nothing tells of what is withheld."""

from __future__ import annotations

import re
from html import unescape

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.models import LineItem, Publication, Report
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
        self.client.post(reverse("entry:answer", args=[self.report.pk, thread.pk]), {"text": "已改"})
        self.assertContains(self.page("text"), "已改")

    def test_what_was_published_without_a_text_has_none(self) -> None:
        to_published(self.report, self.world)
        self.assertIn("3073.53万元", self.text())
        QuerySet(Publication).update(narrative=None)
        self.assertContains(self.page("text"), "还没有由数据写出的说明文字")

    def test_out_of_scope(self) -> None:
        self.enter(self.world.sister_preparer)
        self.assertEqual(self.client.get(f"/entry/{self.report.pk}/text/").status_code, 404)
