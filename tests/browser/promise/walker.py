"""A walk at one section, and what must hold at every step of it: what was shown as saved is stored; what was typed
is stored, or in a draft, or still in the page.

The model is what was typed last in every cell of a page and is not known to be stored (`Tab.typed`), and what the
server acknowledged, as saved or as a draft, by page (`Walk.promised`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.test import Client
from playwright.sync_api import BrowserContext, Dialog, Error, Locator, Page, Request, Response, Route, expect

from budgets.models import Draft, Report
from budgets.storage.loading import load_section
from tests.browser.promise import user_actions
from tests.browser.promise.content import (
    AMOUNT,
    CHOICE,
    CODE,
    LINE,
    TEXT,
    TICK,
    Cell,
    Content,
    Place,
    of_database,
    of_draft,
    of_page,
)
from tests.browser.walk import PASSWORD
from tests.controls import controls

WRITER, COLLEAGUE = "jingban", "fuze"
DRAFT_PAUSE = 3000
"""Milliseconds after which a page keeps what was typed."""
PATIENCE = 10.0

TEXTS = {
    TEXT: ("按合同约定", "甲", "第一行⏎第二行", 'a"b<c>&', "", "乙，丙", "2 次/年"),
    LINE: ("长青街 8 号", "甲", "027-1111", 'a"b<c>&', "", "乙，丙", "020-1"),
    AMOUNT: ("12.5", "1,234.56", "２５", "0.01", "", "二十五万", "7"),
    CODE: ("30201", "30213", "30202", "30227", "30201", "没有这样", "30211"),
    CHOICE: ("y", "s", "z", "q", "j", "y", "s"),
}
FUNCTIONS = ("2010399", "2010350", "2010399", "2010301", "2010399", "没有这样", "2010350")
DEFAULT_FUNCTION = "2010399"
"""The subject of the project of the walk."""
LETTERS = {"⏎": "Alt+Enter"}
VALID = {"function": "2010399", "economic": "30201", "amount": "3", "name": "补记", "total_budget": "3"}
NEW_ROW = {
    "duties": {"text": "同事加的一行"},
    "expenditure": {"function": "2010399", "economic": "30201", "amount": "1.5"},
    "activities": {"name": "同事加的一行", "function": "2010399", "economic": "30201", "amount": "1.5"},
}

LOOK = """() => {
  const form = document.getElementById("section-form");
  const said = form.querySelector(".save-bar .said") ?? document.querySelector("#workspace .note-success");
  const wrong = document.querySelector("#workspace [role=alert]");
  return {
    entries: [...new FormData(form)],
    token: form.elements.page.value,
    said: said?.textContent.trim() ?? "",
    isDone: Boolean(said?.matches(".progress-done, .note-success")),
    isBusy: form.hasAttribute("aria-busy"),
    wrong: wrong?.textContent.trim() ?? "",
    draft: form.querySelector(".draft-state")?.textContent ?? "",
    goingOn: document.querySelector("[data-gives-up] [name=page]")?.value ?? "",
  };
}"""
CONTROLS = """() => [...document.querySelectorAll("#section-form :is(input:not([type=hidden]), select, textarea)")]
  .filter((control) => control.name && !control.disabled && !control.closest(".is-deleted") && control.checkVisibility())
  .map((control) => control.name)"""
KEPT_ROW = "您删除的一行"
"""What the page says of a row that is there again, since somebody else has changed it."""
IS_UNKEPT = 'async () => (await import("/static/js/form.js")).isUnkept()'


class Broken(AssertionError):
    """The promise."""


@dataclass(frozen=True)
class Seen:
    content: Content
    token: str
    said: str
    claims: bool
    """Whether the page says that all that it holds is saved."""
    is_busy: bool
    going_on: str
    wrong: str
    """Why nothing was saved."""


@dataclass
class Tab:
    page: Page
    token: str = ""
    typed: dict[Cell, str] = field(default_factory=dict)
    is_behind: bool = False
    """Whether somebody saved since the page last had an answer."""
    asked: bool = False
    """Whether the browser asked before the page went."""


@dataclass
class Held:
    """A question on its way, or its answer."""

    route: Route
    answer: Any = None

    def arrive(self) -> None:
        try:
            if self.answer is None:
                self.route.continue_()
            else:
                self.route.fulfill(response=self.answer)
        except Error:
            pass  # the page that asked is gone


@dataclass(frozen=True)
class Picked:
    """A cell and its control."""

    cell: Cell
    control: Locator
    beside: tuple[Cell, ...]
    """The choices and boxes of its row, which say something as soon as a word stands in the row."""


class Walk:
    def __init__(self, context: BrowserContext, site: str, report: Report, place: Place) -> None:
        self.context, self.site, self.report, self.place = context, site, report, place
        self.url = f"{site}/entry/{report.pk}/{place.path}"
        self.promised: dict[str, dict[Cell, str]] = {}
        self.continued: dict[str, str] = {}
        """By page the draft that it went on with."""
        self.ever: dict[Cell, list[str]] = {}
        """All that the person ever typed, on any page, in order."""
        self.last_words: dict[Cell, str] = {}
        """What stood in pages that crashed: a save that was on its way may still arrive."""
        self.before: dict[Cell, set[str]] = {}
        """What was stored once and is no more."""
        self.faults: dict[str, str] = {}
        self.held: list[Held] = []
        self.heard: list[tuple[Tab, str]] = []
        self.drafts_answered = 0
        self.broken: list[str] = []
        self.is_on, self.is_signed_in = True, True
        self.colleague = Client()
        self.colleague.login(username=COLLEAGUE, password=PASSWORD)
        self.colleague_unit = ""
        self.db = self._stored()
        context.clock.install()
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        own = Client()
        own.login(username=WRITER, password=PASSWORD)
        context.add_cookies([{"name": "sessionid", "value": own.cookies["sessionid"].value, "url": site}])
        context.route(re.compile(rf"/entry/{report.pk}/"), self._route)
        self.tab = self._new_tab()
        self._open(self.tab, goes_on=False)

    # --- carrying out -----------------------------------------------------------------------------------------

    def go(self, step: user_actions.Step) -> None:
        getattr(self, f"_{type(step).__name__.lower()}")(step)
        self._settle(self.tab)

    def finish(self) -> None:
        """The line is there, the person signed in; what the page holds is kept, and saved where that can be."""
        for step in (
            user_actions.Line(True),
            user_actions.Release(),
            user_actions.SignIn(),
            user_actions.Pause(),
            user_actions.Save(),
            user_actions.Mend(),
            user_actions.Save(),
        ):
            self.go(step)

    # --- the network ------------------------------------------------------------------------------------------

    def _route(self, route: Route) -> None:
        request = route.request
        which = self._kind(request)
        fault = self.faults.pop(which, "") if which and self.is_on else ""
        if not fault:
            return route.continue_()
        if fault == "late":
            self.held.append(Held(route))
            return None
        if fault == "lost":
            return route.abort()
        answer = route.fetch(max_redirects=0)
        if fault == "late answer":
            self.held.append(Held(route, answer))
            return None
        return route.abort()

    def _kind(self, request: Request) -> str:
        if request.method != "POST":
            return ""
        path = request.url.removeprefix(self.site)
        if "/drafts/" in path and not path.endswith("/drop/"):
            return "draft"
        return "save" if path.startswith(self.url.removeprefix(self.site)) else ""

    def _listen(self, tab: Tab) -> None:
        def hear(response: Response) -> None:
            if response.status >= 500:
                self.broken.append(f"{response.status} {response.url}")
            if self._kind(response.request) == "draft":
                self.drafts_answered += 1
                if response.status == 200:
                    self.heard.append((tab, response.request.post_data or ""))

        def failed(request: Request) -> None:
            self.drafts_answered += self._kind(request) == "draft"

        def asked(dialog: Dialog) -> None:
            tab.asked = True
            dialog.accept()

        tab.page.on("response", hear)
        tab.page.on("requestfailed", failed)
        tab.page.on("dialog", asked)

    def _new_tab(self) -> Tab:
        tab = Tab(self.context.new_page())
        self._listen(tab)
        return tab

    def _quiet(self, tab: Tab) -> None:
        """Until the page waits for nothing but what is held."""
        if not self.held:
            expect(tab.page.locator("#section-form:not([aria-busy])")).to_be_attached()

    def _wait(self, tab: Tab, until: Callable[[], bool], what: str = "", patience: float = PATIENCE) -> bool:
        end = time.monotonic() + patience
        while not until():
            if time.monotonic() > end:
                if what:
                    raise Broken(f"waited in vain for {what}")
                return False
            tab.page.wait_for_timeout(15)
        return True

    # --- what is there ----------------------------------------------------------------------------------------

    def _look(self, tab: Tab) -> Seen:
        said = tab.page.evaluate(LOOK)
        claims = said["isDone"] and "已保存" in said["said"] and "没有保存" not in said["said"]
        content = of_page(self.place, [(name, value) for name, value in said["entries"]])
        return Seen(
            content, said["token"], said["said"], claims, said["isBusy"], said["goingOn"], said["wrong"]
        )

    def _stored(self) -> Content:
        report = Report.objects.get(pk=self.report.pk)
        return of_database(self.place, load_section(report, self.place.key).content)

    def _drafts(self) -> dict[str, Content]:
        own = Draft.objects.filter(report=self.report, user__username=WRITER, section=self.place.key)
        return {draft.page: of_draft(self.place, draft.data) for draft in own}

    # --- what must hold ---------------------------------------------------------------------------------------

    def _settle(self, tab: Tab) -> None:
        self._quiet(tab)
        self._take_in_acknowledgements()
        seen = self._look(tab)
        self._database_moved(tab)
        for cell, value in list(tab.typed.items()):
            shown = seen.content.says(cell)
            if shown == value:
                continue
            is_back = not value and KEPT_ROW in seen.wrong
            if shown != self.db.says(cell) or not (is_back or value in self.before.get(cell, ())):
                raise Broken(f"typed {value!r} into {cell}, the page has {shown!r}")
            # typed back to what it was: no change, others' goes on; or a row taken away that somebody else changed
            del tab.typed[cell]
            if is_back:
                self.promised.get(tab.token, {}).pop(cell, None)
        if seen.claims and not self.held:
            self._claimed(tab, seen)
        self._check_promises()
        if self.broken:
            raise Broken("; ".join(self.broken))

    def _take_in_acknowledgements(self) -> None:
        for tab, body in self.heard:
            content = of_page(self.place, posted(body))
            mine = self.promised.setdefault(tab.token, {})
            mine.update({cell: content.says(cell) for cell in tab.typed})
        self.heard.clear()

    def _database_moved(self, tab: Tab, allowed: Iterable[Cell | None] = ()) -> None:
        """Nothing is stored but what the page's person typed; ``allowed``: what somebody else did."""
        was, self.db = self.db, self._stored()
        moved = {
            cell for cell in was.cells.keys() | self.db.cells.keys() if was.says(cell) != self.db.says(cell)
        }
        for cell in moved:
            self.before.setdefault(cell, set()).add(was.says(cell))
        late = {cell for cell in moved if self.db.says(cell) == self.last_words.get(cell)}
        tab.is_behind = tab.is_behind or bool(late)
        known = {*tab.typed, *allowed, *late}
        rows = {cell[:2] for cell in known}
        for cell in moved - known:
            is_own = cell[:2] in rows or self.db.says(cell) == DEFAULT_FUNCTION
            if cell[2] == "function" and is_own and not was.says(cell):
                continue  # a line without a subject has that of its project
            raise Broken(
                f"nobody typed into {cell}, stored was {was.says(cell)!r}, now {self.db.says(cell)!r}; "
                f"all that moved: {difference(was, self.db)}; typed: {tab.typed}"
            )
        for token, cells in self.promised.items():
            for cell in moved & cells.keys():
                if token == tab.token:
                    cells[cell] = self.db.says(cell)
                elif cells[cell] == was.says(cell):
                    del cells[cell]

    def _claimed(self, tab: Tab, seen: Seen) -> None:
        for cell, value in tab.typed.items():
            if self.db.says(cell) != value:
                raise Broken(f"“{seen.said}”: {cell} is {value!r} in the page, stored {self.db.says(cell)!r}")
        if not tab.is_behind and (seen.content.cells, seen.content.rows) != (self.db.cells, self.db.rows):
            raise Broken(f"“{seen.said}”, but {difference(seen.content, self.db)}")
        self.promised.setdefault(tab.token, {}).update(tab.typed)
        tab.typed.clear()

    def _check_promises(self) -> None:
        drafts = self._drafts()
        for token, cells in self.promised.items():
            for cell, value in cells.items():
                if self._is_held(cell, value, drafts):
                    continue
                newer = self.tab.typed.get(cell) if token == self.tab.token else None
                if newer is not None and newer != value and self._is_held(cell, newer, drafts):
                    continue  # typed over, by a save or a draft of which the answer was lost
                if token != self.tab.token and any(
                    self._is_held(cell, later, drafts) for later in self._typed_after(cell, value)
                ):
                    continue  # on a page that is gone, which said so while it went
                raise Broken(
                    f"{value!r} in {cell} was acknowledged; stored is {self.db.says(cell)!r}, drafts say "
                    f"{[draft.says(cell) for draft in drafts.values()]}"
                )

    def _typed_after(self, cell: Cell, value: str) -> list[str]:
        """What the person typed there after ``value``; all where that is what an input method had at the moment."""
        typed = self.ever.get(cell, [])
        return typed[typed.index(value) + 1 :] if value in typed else typed

    def _is_held(self, cell: Cell, value: str, drafts: dict[str, Content]) -> bool:
        """What was stored once is among the versions, and nobody wrote over it who did not type there."""
        kept = any(draft.says(cell) == value for draft in drafts.values())
        return kept or value in (self.db.says(cell), *self.before.get(cell, ()))

    def _gone(self, tab: Tab, *, crashed: bool = False) -> None:
        """The page went away: what it held is stored or kept, unless the browser asked, or nobody could know."""
        self._take_in_acknowledgements()
        self._database_moved(tab)
        mine = self.promised.setdefault(tab.token, {})
        mine.update({cell: value for cell, value in tab.typed.items() if self.db.says(cell) == value})
        if not crashed and not tab.asked:
            drafts = self._drafts()
            for cell, value in tab.typed.items():
                if not self._is_held(cell, value, drafts):
                    raise Broken(f"the page went away unasked with {value!r} in {cell}, which nobody has")
            mine.update(tab.typed)
        if crashed:
            self.last_words |= tab.typed
        tab.typed = {}
        tab.asked = False

    # --- coming to the page -----------------------------------------------------------------------------------

    def _open(self, tab: Tab, goes_on: bool) -> None:
        self._line(user_actions.Line(True))
        tab.page.goto(self.url)
        self._arrive(tab)
        if goes_on:
            self._continue(user_actions.Continue(), tab)

    def _arrive(self, tab: Tab) -> None:
        """The page was loaded again, maybe by way of a login."""
        tab.page.wait_for_load_state()
        if "/login/" not in tab.page.url and not tab.page.locator("#section-form").count():
            tab.page.goto(self.url)  # the session ended: what was asked for is refused
        if "/login/" in tab.page.url:
            tab.page.get_by_label("用户名").fill(WRITER)
            tab.page.get_by_label("密码").fill(PASSWORD)
            tab.page.get_by_role("button", name="登录").click()
            self._wait(tab, lambda: "/login/" not in tab.page.url, "the login")
            self.is_signed_in = True
            tab.page.goto(self.url)
        expect(tab.page.locator("#section-form")).to_be_attached()
        tab.page.wait_for_load_state()
        tab.is_behind = False
        seen = self._look(tab)
        tab.token, tab.typed = seen.token, {}
        if seen.going_on:
            self._goes_on(tab, seen)

    def _goes_on(self, tab: Tab, seen: Seen) -> None:
        draft = self._drafts()[seen.going_on]
        if draft.cells != seen.content.cells:
            raise Broken(f"the draft is given back otherwise: {difference(seen.content, draft)}")
        mine = self.promised.pop(seen.going_on, {})
        for token in [token for token, draft in self.continued.items() if draft == seen.going_on]:
            mine |= self.promised.pop(
                token, {}
            )  # a page that went on with the same draft, and kept none of its own
        self.continued[tab.token] = seen.going_on
        self.promised[tab.token] = mine
        tab.typed = {
            cell: draft.says(cell)
            for cell, values in self.ever.items()
            if draft.says(cell) in values and draft.says(cell) != self.db.says(cell)
        }

    def _leave(self, tab: Tab, act: Callable[[], None]) -> bool:
        """Do what makes the page go away; whether it went, and came to where it is now."""
        self._release(user_actions.Release())
        self._line(user_actions.Line(True))
        self._quiet(tab)
        tab.asked = False
        tab.page.evaluate("() => { window.isOld = true; }")
        answered = self.drafts_answered
        act()

        def is_over() -> bool:
            try:
                if not tab.page.evaluate("window.isOld ?? false"):
                    return True
            except Error:
                return False
            refused = tab.page.locator(".draft-state.field-error").count()
            return bool(refused) and self.drafts_answered > answered

        self._wait(tab, is_over, "the page to go")
        if tab.page.evaluate("window.isOld ?? false"):
            return False
        self._gone(tab)
        return True

    # --- steps ------------------------------------------------------------------------------------------------

    def _pick(self, tab: Tab, number: int, kinds: Iterable[str] = ()) -> Picked | None:
        """A cell by its number among those of the page, of ``kinds`` alone."""
        names = tab.page.evaluate(CONTROLS)
        data = dict(tab.page.evaluate(LOOK)["entries"])
        found = [(cell, name) for name in names if (cell := self._cell(name, data))]
        if kinds:
            found = [(cell, name) for cell, name in found if self.place.kind(cell) in kinds]
        if not found:
            return None
        cell, name = found[number % len(found)]
        control = tab.page.locator(f'#section-form [name="{name}"]:not([type=hidden])')
        row = name.rpartition("-")[0] + "-"
        beside = [c for other in data if other.startswith(row) and (c := self._cell(other, data))]
        return Picked(cell, control, tuple(c for c in beside if self.place.kind(c) in (CHOICE, TICK)))

    def _cell(self, name: str, data: Mapping[str, str]) -> Cell | None:
        part, _, rest = name.partition("-")
        if rest in self.place.parts.get(part, ()):
            return part, "", rest
        found = re.fullmatch(r"(\d+)-(\w+)", rest)
        if part in self.place.tables and found and found[2] in self.place.tables[part]:
            row = {hidden: data.get(f"{part}-{found[1]}-{hidden}", "") for hidden in ("key", "activity")}
            return self.place.cell(part, row, found[2])
        return None

    def _adopt(
        self, tab: Tab, before: Seen, only: Iterable[Cell] | None = None, beside: Iterable[Cell] = ()
    ) -> Seen:
        """What differs from ``before`` the person did; of ``only`` and what stands ``beside`` it."""
        after = self._look(tab)
        cells = before.content.cells.keys() | after.content.cells.keys()
        always = set(only or ())
        for cell in cells if only is None else always.union(beside):
            if cell in always or before.content.says(cell) != after.content.says(cell):
                tab.typed[cell] = after.content.says(cell)
                self.ever.setdefault(cell, []).append(tab.typed[cell])
        return after

    def _type(self, step: user_actions.Type, tab: Tab | None = None) -> None:
        tab = tab or self.tab
        picked = self._pick(tab, step.cell)
        if picked is None:
            return
        cell, control = picked.cell, picked.control
        kind, page, before = self.place.kind(cell), tab.page, self._look(tab)
        if kind == TICK:
            control.focus()
            page.keyboard.press("Space")
        elif kind == CHOICE:
            control.focus()
            page.keyboard.press(TEXTS[CHOICE][step.text])
        else:
            text = FUNCTIONS[step.text] if cell[2] == "function" else TEXTS[kind][step.text]
            control.click() if step.how == "click" else control.focus()
            if step.how == "f2":
                page.keyboard.press("F2")
            self._keys(page, text, self._release_all if step.release else None)
            self._expect_text(control, cell, text)
        if step.leave:
            page.keyboard.press(step.leave)
        only = [cell] if step.release and tab is self.tab else None
        self._adopt(tab, before, only, picked.beside)

    def _keys(self, page: Page, text: str, meanwhile: Callable[[], object] | None) -> None:
        half = len(text) // 2
        if not text:
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
        for at, sign in enumerate(text):
            if at == half and meanwhile:
                meanwhile()
            page.keyboard.press(LETTERS[sign]) if sign in LETTERS else page.keyboard.type(sign)

    def _expect_text(self, control: Locator, cell: Cell, text: str) -> None:
        value = control.input_value()
        wanted = text.replace("⏎", "\n")
        if wanted not in value or (not text and value):
            raise Broken(f"typed {wanted!r} into {cell}, there is {value!r}")

    def _release_all(self) -> None:
        self._release(user_actions.Release())

    def _compose(self, step: user_actions.Compose) -> None:
        picked = self._pick(self.tab, step.cell, (TEXT, LINE))
        if picked is None:
            return
        cell, control = picked.cell, picked.control
        before = self._look(self.tab)
        control.focus()
        keyboard = self.context.new_cdp_session(self.tab.page)
        keyboard.send("Input.imeSetComposition", {"text": "hui'yi", "selectionStart": 6, "selectionEnd": 6})
        if step.then == "save":
            self.tab.page.keyboard.press("Control+s")
        elif step.then == "release":
            self._release_all()
        elif step.then == "pause":
            self.context.clock.fast_forward(DRAFT_PAUSE)
        keyboard.send("Input.insertText", {"text": "会议"})
        if step.then == "save":
            self.tab.is_behind = False
            self.tab.page.wait_for_timeout(60)
            self._quiet(self.tab)
        self._expect_text(control, cell, "会议")
        self._adopt(self.tab, before, [cell], picked.beside)

    def _paste(self, step: user_actions.Paste) -> None:
        picked = self._pick(self.tab, step.cell, (TEXT, LINE, AMOUNT))
        if picked is None:
            return
        cell, control = picked.cell, picked.control
        if step.rows > 1 and cell[0] not in self.place.tables:
            return
        value = "6.5" if self.place.kind(cell) == AMOUNT else f"贴{self.drafts_answered}"
        copied = "\r\n".join([value] * step.rows)
        before, was_held = self._look(self.tab), bool(self.held)
        self.tab.page.evaluate("text => navigator.clipboard.writeText(text)", copied)
        control.focus()
        self.tab.page.keyboard.press("Control+a")
        self.tab.page.keyboard.press("Control+v")
        self._release_all()
        self._wait(self.tab, lambda: not self._look(self.tab).is_busy, "the paste")
        after = self._look(self.tab)
        wrong = self.tab.page.locator("#section-form .said[role=alert]").count()
        if not wrong and value not in control.input_value():
            raise Broken(f"pasted {copied!r} into {cell}, there is {control.input_value()!r}: “{after.said}”")
        if was_held:
            self._adopt(
                self.tab, before, [c for c in after.content.cells if c[2] == cell[2] and c[0] == cell[0]]
            )
        else:
            self._adopt(self.tab, before)

    def _row(self, step: user_actions.Row) -> None:
        before = self._look(self.tab)
        region = next(iter(self.place.tables))
        if step.verb == "add":
            self.tab.page.locator(f'[data-command="add"][data-region="{region}"]').click()
        else:
            rows = self.tab.page.locator(f'tbody[data-region="{region}"] [data-command="{step.verb}"]')
            if not rows.count():
                return
            rows.nth(step.row % rows.count()).click()
        self._adopt(self.tab, before)

    def _travel(self, step: user_actions.Travel) -> None:
        before = self._look(self.tab)
        self.tab.page.keyboard.press(f"Control+{step.key}")
        self._adopt(self.tab, before)

    def _pause(self, step: user_actions.Pause) -> None:
        if self.held:
            return
        answered = self.drafts_answered
        if step.fault:
            self.faults["draft"] = step.fault
        is_unkept = self.tab.page.evaluate(IS_UNKEPT)
        self.context.clock.fast_forward(DRAFT_PAUSE)
        if is_unkept and not self.tab.page.evaluate("() => getSelection()?.isComposing ?? false"):
            self._wait(self.tab, lambda: self.drafts_answered > answered or bool(self.held), patience=3)
        self.faults.pop("draft", None)
        self.tab.page.wait_for_timeout(30)

    def _save(self, step: user_actions.Save, tab: Tab | None = None) -> None:
        tab = tab or self.tab
        if step.fault and not self.held:
            self.faults["save"] = step.fault
        if step.how == "keys":
            tab.page.keyboard.press("Control+s")
        else:
            tab.page.locator("#section-form .save-bar").get_by_role("button", name="保存", exact=True).click()
        if self.held:
            return
        tab.is_behind = False
        if step.fault in ("late", "late answer") and self.is_on:
            self._wait(tab, lambda: bool(self.held) or not self._look(tab).is_busy)
        else:
            self._quiet(tab)
        self.faults.pop("save", None)

    def _release(self, step: user_actions.Release) -> None:
        if not self.held:
            return
        held, self.held = self.held, []
        for one in held:
            one.arrive()
        self.tab.is_behind = False
        self._quiet(self.tab)
        self.tab.page.wait_for_timeout(30)
        self._quiet(self.tab)

    def _mend(self, step: user_actions.Mend) -> None:
        before = self._look(self.tab)
        wrong = self.tab.page.locator('#section-form [aria-invalid="true"]:visible')
        for control in wrong.all()[:8]:
            name = control.get_attribute("name")
            if control.evaluate("control => control.matches('input:not([type=checkbox]), textarea')"):
                control.fill(VALID.get(name.rpartition("-")[2], "补记"))
        self._adopt(self.tab, before)

    def _line(self, step: user_actions.Line) -> None:
        if step.is_on == self.is_on:
            return
        self.is_on = step.is_on
        self.context.set_offline(not step.is_on)

    def _expire(self, step: user_actions.Expire) -> None:
        self.context.clear_cookies()
        self.is_signed_in = False

    def _signin(self, step: user_actions.SignIn) -> None:
        if self.is_signed_in or not self.is_on:
            return
        page = self.context.new_page()
        if not (self._logged_in(page) or self._logged_in(page)):
            raise Broken("nobody can log in")
        page.close()
        self.is_signed_in = True

    def _logged_in(self, page: Page) -> bool:
        """Log in; not where the answer to something older took the login page's token away, which the page says."""
        page.goto(f"{self.site}/login/?next=/entry/")
        page.get_by_label("用户名").fill(WRITER)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        heading = page.get_by_role("heading", level=1, name=re.compile("^(页面已过期|我的编报)"))
        expect(heading).to_be_visible()
        return page.url == f"{self.site}/entry/"

    def _go(self, step: user_actions.Go) -> None:
        tab, page = self.tab, self.tab.page
        if step.way == "crash":
            self.held.clear()
            page.close()
            self._take_in_acknowledgements()
            self._gone(tab, crashed=True)
            self.tab = self._new_tab()
            return self._open(self.tab, step.goes_on)
        way = {"reload": page.reload, "link": page.get_by_role("link", name="历次保存").first.click}[step.way]
        if self._leave(tab, way):
            self._open(tab, step.goes_on)
        return None

    def _continue(self, step: user_actions.Continue, tab: Tab | None = None) -> None:
        tab = tab or self.tab
        link = tab.page.get_by_role("link", name="接着填写")
        if link.count() and self._leave(tab, link.first.click):
            self._arrive(tab)

    def _unit(self, step: user_actions.Unit) -> None:
        other = self.tab.page.locator('.unit-switch button[aria-pressed="false"]')
        if self._leave(self.tab, other.click):
            self._arrive(self.tab)

    def _secondtab(self, step: user_actions.SecondTab) -> None:
        if not self.is_on or self.held:
            return
        tab = self._new_tab()
        self._open(tab, goes_on=False)
        self._type(user_actions.Type(step.cell, step.text), tab)
        self._save(user_actions.Save(), tab)
        moved = self.db
        self._settle(tab)
        tab.page.close()
        self._gone(tab, crashed=True)
        self.tab.is_behind = self.tab.is_behind or moved != self.db

    def _other(self, step: user_actions.Other) -> None:
        page = self.colleague.get(self.url.removeprefix(self.site))
        data = controls(page.content.decode(), "section-form")
        allowed: list[Cell | None] = []
        if step.adds and self.place.tables:
            region = next(iter(self.place.tables))
            index = [n for n in data if n.startswith(f"{region}-") and n.endswith("-key")][-1].split("-")[1]
            for name, value in NEW_ROW[region].items():
                data[f"{region}-{index}-{name}"] = value
            allowed = [self._cell(f"{region}-{index}-{name}", data) for name in self.place.tables[region]]
        else:
            names = [(cell, name) for name in data if (cell := self._cell(name, data)) and data[name]]
            names = [(cell, name) for cell, name in names if self.place.kind(cell) in (TEXT, LINE, AMOUNT)]
            cell, name = names[step.cell % len(names)]
            data[name] = "7.77" if self.place.kind(cell) == AMOUNT else f"{data[name]}（复核）"[-60:]
            allowed = [cell]
        answer = self.colleague.post(self.url.removeprefix(self.site), data)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        moved = self.db
        self._database_moved(self.tab, allowed)
        self.tab.is_behind = self.tab.is_behind or moved != self.db


def posted(body: str) -> list[tuple[str, str]]:
    """The controls in the body of a post, of either encoding."""
    if not body.startswith("--"):
        return parse_qsl(body, keep_blank_values=True)
    boundary = body.partition("\r\n")[0]
    parts = re.findall(rf'name="([^"]*)"\r\n\r\n(.*?)\r\n(?={re.escape(boundary)})', body, re.DOTALL)
    return [(name, value) for name, value in parts]


def difference(one: Content, other: Content) -> str:
    cells = {
        cell: (one.says(cell), other.says(cell))
        for cell in one.cells.keys() | other.cells.keys()
        if one.says(cell) != other.says(cell)
    }
    return str(cells or (one.rows, other.rows))
