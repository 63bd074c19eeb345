"""What is typed and not saved: kept as it stands, given back, and never a figure."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from budgets.actions.drafts import MOST, PRESENT
from budgets.domain.choices import Status
from budgets.models import Draft, Report

from .case import EntryCase, form_of

PROJECT = "project:general-affairs"


class Drafts(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def typed(self, key: str = "basics", **changes: str) -> dict[str, list[str]]:
        """What the page of a section holds after ``changes``."""
        name, args = ("project", [key.removeprefix("project:")]) if ":" in key else ("section", [key])
        values = form_of(self.page(name, *args))
        return {**values, **{name.replace("__", "-"): [value] for name, value in changes.items()}}

    def keep(self, values: Any, key: str = "basics") -> HttpResponse:
        return self.client.post(self.url("draft", key), values)

    def preparer(self) -> str:
        return Report.objects.get(pk=self.report.pk).preparer

    def test_it_comes_back_into_the_page_and_touches_no_figure(self) -> None:
        before = self.preparer()
        answer = self.keep(self.typed(basics__preparer="没存的人"))
        self.assertIn("草稿已存", answer.json()["message"])
        self.assertContains(self.page("section", "basics"), "草稿还在")
        page = self.client.get(self.url("section", "basics"), {"draft": ""})
        assert form_of(page)["basics-preparer"] == ["没存的人"]
        assert self.preparer() == before

    def test_what_cannot_be_read_comes_back_too(self) -> None:
        values = self.typed(PROJECT)
        amount = next(name for name in values if name.endswith("-amount"))
        values[amount] = ["二十五万"]
        self.keep(values, PROJECT)
        page = self.client.get(self.url("project", "general-affairs"), {"draft": ""})
        assert form_of(page)[amount] == ["二十五万"]

    def test_a_row_that_was_taken_away_comes_back_struck_through(self) -> None:
        """In the 申报表 as in the sub-tables of other sections."""
        for key, region, page in ((PROJECT, "activities", "project"), ("basics", "duties", "section")):
            values = self.typed(key)
            at = next(n for n in values if n.startswith(f"{region}-") and n.endswith("-key")).removesuffix(
                "-key"
            )
            values[f"{at}-DELETE"] = ["on"]
            self.keep(values, key)
            shown = self.client.get(
                self.url(page, key.removeprefix("project:")), {"draft": ""}
            ).content.decode()
            row = re.search(rf'<tr data-row data-key="{values[f"{at}-key"][0]}"[^>]*>', shown)
            with self.subTest(key):
                self.assertIsNotNone(row)
                self.assertIn('class="is-deleted"', row[0])
                self.assertEqual(shown.count('class="is-deleted"'), 1)

    def test_rows_come_back_in_their_order(self) -> None:
        values = self.typed()
        keys = [name for name in values if name.startswith("duties-") and name.endswith("-key")]
        at = keys[0].removesuffix("-key")
        moved = {name: value for name, value in values.items() if not name.startswith(f"{at}-")}
        moved |= {name: value for name, value in values.items() if name.startswith(f"{at}-")}
        self.keep(moved)
        page = form_of(self.client.get(self.url("section", "basics"), {"draft": ""}))
        texts = [
            value for name, (value, *_) in page.items() if name.startswith("duties-") and "-text" in name
        ]
        assert texts[-1] != "" or values[f"{at}-text"][0] in texts

    def test_saving_ends_it(self) -> None:
        values = self.typed(basics__preparer="甲")
        self.keep(values)
        self.client.post(self.url("section", "basics"), values)
        assert self.preparer() == "甲"
        assert not Draft.objects.exists()
        self.assertNotContains(self.page("section", "basics"), "草稿还在")

    def test_one_that_comes_after_the_save_is_not_kept(self) -> None:
        values = self.typed(basics__preparer="甲")
        self.client.post(self.url("section", "basics"), values)
        assert self.keep(values).json() == {"message": ""}
        assert not Draft.objects.exists()

    def test_a_save_that_is_refused_leaves_it(self) -> None:
        values = self.typed(PROJECT)
        amount = next(name for name in values if name.endswith("-amount"))
        values[amount] = ["二十五万"]
        self.keep(values, PROJECT)
        assert self.client.post(self.url("project", "general-affairs"), values).status_code == 422
        assert Draft.objects.count() == 1

    def test_a_save_that_is_refused_keeps_one_by_itself(self) -> None:
        values = self.typed(PROJECT)
        amount = next(name for name in values if name.endswith("-amount"))
        values[amount] = ["二十五万"]
        self.client.post(self.url("project", "general-affairs"), values)
        page = form_of(self.client.get(self.url("project", "general-affairs"), {"draft": ""}))
        assert page[amount] == ["二十五万"]

    def test_so_does_one_that_conflicts(self) -> None:
        mine = self.typed(basics__preparer="甲")
        self.enter(self.world.submitter)
        self.client.post(self.url("section", "basics"), self.typed(basics__preparer="乙"))
        self.enter()
        assert self.client.post(self.url("section", "basics"), mine).status_code == 409
        assert Draft.objects.get().data["basics-preparer"] == ["甲"]

    def test_two_windows_keep_one_each_and_saving_ends_its_own(self) -> None:
        first, second = self.typed(basics__preparer="甲"), self.typed(basics__phone="020-0000-0008")
        self.keep(first)
        self.keep(second)
        assert Draft.objects.count() == 2
        self.client.post(self.url("section", "basics"), first)
        assert Draft.objects.get().data["basics-phone"] == ["020-0000-0008"]
        self.assertContains(self.page("section", "basics"), "草稿还在", count=1)

    def test_a_page_that_goes_on_with_one_takes_its_place(self) -> None:
        self.keep(self.typed(basics__preparer="甲"))
        page = form_of(self.client.get(self.url("section", "basics"), {"draft": ""}))
        assert page["continues"] == [Draft.objects.get().page] != page["page"]
        self.keep({**page, "basics-preparer": ["乙"]})
        assert Draft.objects.get().data["basics-preparer"] == ["乙"]
        self.client.post(self.url("section", "basics"), page)
        assert not Draft.objects.exists()

    def test_it_comes_back_in_the_unit_of_the_page(self) -> None:
        values = self.typed(PROJECT)
        amounts = [name for name in values if re.fullmatch(r"activities-\d+-amount", name)][:4]
        typed = ["62.745", "0.001", "二十五万", "3万元"]
        values |= {name: [text] for name, text in zip(amounts, typed, strict=True)}
        self.keep(values, PROJECT)
        self.client.post(reverse("entry:unit"), {"unit": "yuan"})
        page = form_of(self.client.get(self.url("project", "general-affairs"), {"draft": ""}))
        assert [page[name][0] for name in amounts] == ["627450.00", "10.00", "二十五万", "3万元"]

    def test_a_late_one_with_something_new_is_kept(self) -> None:
        """The answer to a save was lost, and typing went on."""
        values = self.typed(basics__preparer="甲")
        self.client.post(self.url("section", "basics"), values)
        answer = self.keep({**values, "basics-phone": ["020-0000-0008"]})
        self.assertIn("草稿已存", answer.json()["message"])
        assert Draft.objects.get().data["basics-phone"] == ["020-0000-0008"]

    def test_there_are_no_more_than_can_be_looked_at(self) -> None:
        for number in range(MOST):
            self.keep(self.typed(basics__preparer=f"甲{number}"))
        last = self.typed(basics__preparer="乙")
        answer = self.keep(last)
        assert answer.status_code == 409
        self.assertIn("请先保存", answer.json()["message"])
        assert Draft.objects.count() == MOST

    def test_it_merges_with_what_was_saved_meanwhile(self) -> None:
        self.keep(self.typed(basics__preparer="甲"))
        self.enter(self.world.submitter)
        self.client.post(self.url("section", "basics"), self.typed(basics__phone="020-0000-0008"))
        self.enter()
        page = self.client.get(self.url("section", "basics"), {"draft": ""})
        self.client.post(self.url("section", "basics"), form_of(page))
        report = Report.objects.get(pk=self.report.pk)
        assert (report.preparer, report.phone) == ("甲", "020-0000-0008")

    def test_it_can_be_dropped(self) -> None:
        self.keep(self.typed(basics__preparer="甲"))
        page = {"page": Draft.objects.get().page}
        self.assertRedirects(
            self.client.post(self.url("draft_drop", "basics"), page), self.url("section", "basics")
        )
        assert not Draft.objects.exists()

    def test_it_is_the_persons_own_and_tells_others_who_is_there(self) -> None:
        self.keep(self.typed(basics__preparer="没存的人"))
        self.enter(self.world.submitter)
        page = self.page("section", "basics")
        self.assertContains(page, "还在填写这一部分")
        self.assertNotContains(page, "没存的人")
        self.assertNotContains(page, "接着填写")
        Draft.objects.update(saved_at=timezone.now() - PRESENT - datetime.timedelta(minutes=1))
        self.assertNotContains(self.page("section", "basics"), "还在填写这一部分")

    def test_drafts_are_listed_before_submitting(self) -> None:
        self.keep(self.typed(basics__preparer="甲"))
        self.assertContains(self.page("check"), "还没有保存的草稿")

    def test_a_submitted_report_keeps_none(self) -> None:
        values = self.typed(basics__preparer="甲")
        self.set_status(Status.SUBMITTED)
        answer = self.keep(values)
        assert answer.status_code == 409
        self.assertIn("不能修改", answer.json()["message"])

    def test_neither_too_much_nor_elsewhere(self) -> None:
        answer = self.keep({"basics-preparer": "长" * 3_000_001})
        assert answer.status_code == 409
        assert self.keep({"a": "b"}, "nothing").status_code == 404
        self.enter(self.world.sister_preparer)
        assert self.keep({"a": "b"}).status_code == 404

    def test_tokens_and_control_characters_are_not_in_it(self) -> None:
        self.keep({"csrfmiddlewaretoken": "secret", "command": "x", "basics-preparer": "甲\x00\x07"})
        draft = Draft.objects.get()
        assert draft.data == {"basics-preparer": ["甲"]}
