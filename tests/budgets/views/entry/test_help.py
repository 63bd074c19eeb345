"""What a field asks for, at the field: on every page that is filled in, of every profile."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.domain.profile import get_profile
from budgets.forms import help as of_reports
from budgets.models import Report
from performance.forms import help as of_performance
from tests.sample_world import sample

from .case import EntryCase
from .final_case import FinalCase


class Helps(HTMLParser):
    """Every text of help on a page by its id, and what refers to one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.ids: Counter[str] = Counter()
        self.marks: list[str] = []
        self.described: set[str] = set()
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids[given.get("id", "")] += 1
        if "popovertarget" in given:
            self.marks.append(given["popovertarget"])
        self.described.update(given.get("aria-describedby", "").split())
        self.inside = given["id"] if "popover" in given else ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside] = data

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def helps_on(case: EntryCase) -> dict[str, str]:
    """All texts of help on all pages that are filled in; each page's references are checked on the way."""
    found: dict[str, str] = {}
    report = Report.objects.get(pk=case.report.pk)
    keys = [section.key for section in get_profile(report.profile_key).sections]
    pages = {key: case.page("section", key) for key in keys}
    pages["project"] = case.page("project", report.applications.first().project.key)
    for key, page in pages.items():
        helps = Helps(page.content.decode())
        missing = {id for id in helps.described if not helps.ids[id]}
        assert not missing, (key, missing)
        assert set(helps.marks) == set(helps.texts) <= helps.described | {"help-evaluation-rate"}, key
        assert all(helps.ids[id] == 1 for id in helps.texts), key
        found |= helps.texts
    return found


class HelpOfBudgets(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def test_fields_that_are_stumbled_over_have_help(self) -> None:
        found = helps_on(self)
        for field in (
            *("identity-category", "identity-attribute", "identity-type", "application-total_budget"),
            *(
                "expenditure-function",
                "expenditure-economic",
                "expenditure-fund",
                "expenditure-from_carry_over",
            ),
            *("activities-basis", "procurement-service_category", "goals-horizon", "staffing-authorised"),
            *("staffing-filled", "annual_indicators-level1", "annual_indicators-level2", "explanations-text"),
            *("annual_indicators-name", "annual_indicators-value", "annual_indicators-value_before_last"),
            *("history-measure", "income-flow", "tasks-text", "assets-quantity", "restated-amount"),
        ):
            self.assertIn(f"help-{field}", found)

    def test_years_are_named(self) -> None:
        found = helps_on(self)
        self.assertIn("2021 年", found["help-annual_indicators-value_before_last"])
        self.assertIn("2022 年", found["help-annual_indicators-value_last"])
        self.assertFalse([text for text in found.values() if re.search(r"[{}]", text)])

    def test_a_report_that_cannot_be_changed_asks_for_nothing(self) -> None:
        self.set_status(Status.SUBMITTED)
        self.assertEqual(helps_on(self), {})


class HelpOfAnotherLocality(EntryCase):
    """Form B has columns of its own, and no others."""

    def test_references_lead_somewhere(self) -> None:
        self.report = adopt(sample("344001", 2022), Status.DRAFT)
        self.report.department.memberships.create(user=self.world.preparer, role="preparer")
        self.enter()
        found = helps_on(self)
        self.assertIn("help-annual_indicators-content", found)
        self.assertIn("help-application-basis", found)


class HelpOfFinalAccounts(FinalCase):
    def test_final_accounts_are_asked_for_in_their_own_words(self) -> None:
        found = helps_on(self)
        for field in ("expenditure-adjusted", "activities-adjusted", "results-actual", "evaluation-rate"):
            self.assertIn(f"help-{field}", found)
        self.assertIn("决算数", found["help-expenditure-amount"])
        self.assertIn("2023 年 12 月 31 日", found["help-assets-quantity"])
        self.assertIn("中小企业", found["help-procurement-sme_amount"])


def test_every_text_belongs_to_a_field_and_ends_as_a_sentence() -> None:
    for module in (of_reports, of_performance):
        tables = {
            name: value for name, value in vars(module).items() if isinstance(value, dict) and name.isupper()
        }
        for name, texts in tables.items():
            for field, text in texts.items():
                assert text.endswith("。") and len(text) <= 110, (name, field, len(text))
