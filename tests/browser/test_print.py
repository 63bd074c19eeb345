"""Every kind of page as it is printed on A4: within the paper, black on white, nothing that is pressed.

What stands where is measured in the page, laid out as on paper at the width between the margins. How it breaks into
pages is read from the PDF that Chromium makes. All faults of a site are listed together.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from budgets.domain.choices import ReportKind
from budgets.models import Report
from tests.browser.walk import SubTable, signed_in
from tests.samples import load_samples

Contexts = Callable[..., BrowserContext]

PORTRAIT, LANDSCAPE = 695, 1024
"""CSS pixels between the margins of css/print.css: 210 mm and 297 mm without twice 13 mm."""
FEWEST_LINES = 3
"""Lines of text on a page, its number apart."""
HEADING = 14.5
"""CSS pixels: nothing but headings is set in larger type."""
PICTURES = Path(os.environ.get("PRINT_PICTURES", "/nonexistent"))
"""Where the PDFs are kept to be looked at."""

MEASURE = """([width, orientation]) => {
  const pressed = "nav, button, .btn, .review-button, [role=search], input[type=search], input[type=file], " +
    ".help, .help-text, .hint, .guidance, .way:has(a), .save-bar, .rows-footer, .segments, .row-tools, .draft-note, " +
    ".paste, .keys, .finding-way, .review-verbs, .review-tabs, #nav-sidebar, #header-inner";
  const faults = new Map();
  const pen = document.createElement("canvas").getContext("2d");
  const name = (e) => [e.tagName.toLowerCase(), e.id && `#${e.id}`, ...[...e.classList].map((c) => `.${c}`)].join("");
  const say = (what, e) => {
    const [first, count] = faults.get(what) ?? [`${name(e)} “${e.textContent.trim().replace(/\\s+/g, " ").slice(0, 24)}”`, 0];
    faults.set(what, [first, count + 1]);
  };
  const shown = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const turned = [...document.querySelectorAll("body *")].filter((e) => getComputedStyle(e).page === "sheet-landscape");
  const across = (e) => turned.some((one) => one.contains(e));
  if (orientation === "landscape" && !turned.length) return [];
  const luminance = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255).map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const needed = (e) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(e);
    pen.font = font;
    return pen.measureText(e.value).width + parseFloat(paddingLeft) + parseFloat(paddingRight);
  };
  for (const e of document.body.querySelectorAll("*")) {
    if (!shown(e)) continue;
    const style = getComputedStyle(e);
    if (e.closest(pressed) && !e.parentElement.closest(pressed)) say("is printed though it is for the screen", e);
    if (across(e) !== (orientation === "landscape")) continue;
    const { left, right } = e.getBoundingClientRect();
    if (right > width + 1.5) say(`ends ${Math.round(right - width)} px beyond the right edge`, e);
    if (left < -1.5) say("begins beyond the left edge", e);
    if (e.scrollWidth > e.clientWidth + 1 && style.overflowX !== "visible" && style.display !== "inline") say("is cut", e);
    if (e.matches("textarea") && e.scrollHeight > e.clientHeight + 1) say("does not show all its text", e);
    const typed = e.matches("input:not([type=checkbox], [type=radio])");
    if (typed && needed(e) > e.clientWidth + 2) say("is cut", e);
    if (e.matches("select") && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) say("is cut", e);
    const look = e.matches("select") ? "base-select" : "none";
    if ((typed || e.matches("select, textarea")) && style.appearance !== look) say("looks like a control", e);
    if ([...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.namespaceURI.endsWith("xhtml")) {
      if (1.05 / (luminance(style.color) + .05) < 4.5) say("is too pale for paper", e);
    }
    if (luminance(style.backgroundColor) < .85) say("has a dark ground", e);
  }
  return [...faults].map(([what, [first, count]]) => `${first} ${what}${count > 1 ? `, ${count} times` : ""}`);
}"""


@pytest.fixture
def site(live_server: Any) -> str:
    load_samples()
    return live_server.url


def a_report(year: int, kind: ReportKind = ReportKind.BUDGET) -> Report:
    return Report.objects.get(department__code="112001", fiscal_year__year=year, kind=kind)


# --- the pages of a PDF ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """One page of paper. ``lines``: sizes of type in CSS pixels by line, from the foot up; the first is its number."""

    is_landscape: bool
    lines: tuple[float, ...]

    @property
    def ends_in_heading(self) -> bool:
        return len(self.lines) > 1 and self.lines[1] >= HEADING


def sheets_of(pdf: bytes) -> list[Sheet]:
    """The pages of a PDF as Chromium writes it: objects one after the other, content deflated."""
    objects = dict(re.findall(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b(?!s)", body)]
    return [_sheet(body, objects) for body in pages]


def _sheet(page: bytes, objects: dict[bytes, bytes]) -> Sheet:
    box = re.search(rb"/MediaBox \[([\d. ]+)\]", page)
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert box and contents, page[:300]
    _, _, width, height = map(float, box[1].split())
    stream = objects[contents[1]].partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    sizes: dict[int, float] = {}
    for at, size in _texts(zlib.decompress(stream)):
        sizes[at] = max(size, sizes.get(at, 0))
    return Sheet(width > height, tuple(size for _, size in sorted(sizes.items())))


def _texts(content: bytes) -> Iterator[tuple[int, float]]:
    """Where texts stand above the foot, in units of 3 points, and their size: by the matrices in force at each."""
    above, matrix, size = [], (1.0, 0.0), 0.0
    for line in content.splitlines():
        words = line.split()
        if line == b"q":
            above.append(matrix)
        elif line == b"Q":
            matrix = above.pop()
        elif words[-1:] == [b"cm"]:
            matrix = (matrix[0] * float(words[3]), matrix[0] * float(words[5]) + matrix[1])
        elif words[-1:] == [b"Tf"]:
            size = float(words[1])
        elif words[-1:] == [b"Tm"]:
            yield round((matrix[0] * float(words[5]) + matrix[1]) / 3), size


# --- faults -----------------------------------------------------------------------------------------


def faults(page: Page, name: str) -> Iterator[str]:
    """What is wrong with the page that is open, on paper: ``name: what``."""
    page.emulate_media(media="print")
    for width, orientation in ((PORTRAIT, "portrait"), (LANDSCAPE, "landscape")):
        page.set_viewport_size({"width": width, "height": 1000})
        for found in page.evaluate(MEASURE, [width, orientation]):
            yield f"{name}, {orientation}: {found}"
    pdf = page.pdf(format="A4", prefer_css_page_size=True, print_background=False)
    if PICTURES.is_dir():
        (PICTURES / f"{name}.pdf").write_bytes(pdf)
    for number, sheet in enumerate(sheets_of(pdf), 1):
        if len(sheet.lines) < FEWEST_LINES + 1:
            yield f"{name}: page {number} has {len(sheet.lines) - 1} lines"
        if sheet.ends_in_heading:
            yield f"{name}: page {number} ends in a heading"
    page.emulate_media(media="screen")


def visit(page: Page, site: str, places: dict[str, str]) -> list[str]:
    """The faults of the pages at ``places``, addresses by name."""
    found = []
    for name, place in places.items():
        answer = page.goto(f"{site}{place}")
        if answer is None or answer.status != 200:
            found.append(f"{name}: status {answer and answer.status}")
        found += faults(page, name)
    return found


def test_entry(site: str, new_context: Contexts) -> None:
    at, final = f"/entry/{a_report(2025).pk}", f"/entry/{a_report(2024, ReportKind.FINAL).pk}"
    sections = ("basics", "expenditure", "goals", "matters", "explanations", "statement")
    page = signed_in(new_context(), site, "baosong")
    found = visit(
        page,
        site,
        {
            "overview": f"{at}/",
            **{section: f"{at}/{section}/" for section in sections},
            "projects": f"{at}/projects/",
            "project": f"{at}/projects/general-affairs/",
            "preview": f"{at}/preview/",
            "text": f"{at}/text/",
            "check": f"{at}/check/",
            "versions": f"{at}/versions/basics/",
            "final-matters": f"{final}/matters/",
            "final-explanations": f"{final}/explanations/",
            "final-project": f"{final}/projects/general-affairs/",
        },
    )
    assert not found, "\n".join(found)


def test_review(site: str, new_context: Contexts) -> None:
    at = f"/admin/budgets/report/{a_report(2023).pk}"
    tabs = ("changes", "tables", "text", "projects", "performance", "findings", "checklist", "trail")
    page = signed_in(new_context(), site, "pifu")
    found = visit(
        page,
        site,
        {
            "board": "/admin/budgets/report/board/?district=420112&year=2023&kind=budget",
            "rollup": "/admin/budgets/report/rollup/?district=420112&year=2023&kind=budget",
            "review-trail": "/admin/budgets/report/trail/",
            **{f"desk-{tab}": f"{at}/change/?tab={tab}" for tab in tabs},
        },
    )
    assert not found, "\n".join(found)


def test_public(site: str, new_context: Contexts) -> None:
    page = new_context().new_page()
    found = visit(
        page,
        site,
        {
            "public-home": "/",
            "public-department": "/departments/112001/",
            "public-project": "/departments/112001/projects/general-affairs/",
            "public-final": "/2024/112001/final/",
            "public-report": "/2023/112001/budget/",
        },
    )
    assert not found, "\n".join(found)


def test_the_public_report_is_the_official_disclosure(site: str, new_context: Contexts) -> None:
    """What it is stands before the tables; every table begins a page, wide ones across."""
    page = new_context().new_page()
    page.goto(f"{site}/2023/112001/budget/")
    page.emulate_media(media="print")
    cover = page.locator(".public-cover").inner_text()
    for words in (
        "部门：武汉市东西湖区",
        "年度：2023 年",
        "种类：部门预算",
        "版次：第 1 版",
        "公开日期：20",
    ):
        assert words in cover
    assert (
        page.get_by_text("这个部门做什么").is_visible()
        and page.locator(".public-duties li").first.is_visible()
    )
    across = page.locator(".sheet-landscape").count()
    tables = page.locator(".sheet-page").count()
    sheets = sheets_of(page.pdf(format="A4", prefer_css_page_size=True))
    assert 0 < across <= sum(sheet.is_landscape for sheet in sheets)
    assert len(sheets) > tables == 25


def test_rows_left_blank_for_typing_are_not_printed(project_page: Page) -> None:
    """Chromium tells the page before it prints; what is typed in such a row is printed, saved or not."""
    table = SubTable(project_page, "activities")
    filled, blank = table.rows.first, table.rows.last
    project_page.emulate_media(media="print")
    expect(blank).to_be_visible()
    project_page.pdf(format="A4")
    expect(blank).to_be_hidden()
    expect(filled).to_be_visible()
    project_page.emulate_media(media="screen")
    expect(blank).to_be_visible()
    table.control(table.rows.count() - 1, "name").fill("临时活动")
    project_page.emulate_media(media="print")
    project_page.pdf(format="A4")
    expect(blank).to_be_visible()
