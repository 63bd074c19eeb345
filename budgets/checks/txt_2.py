"""TXT-2 文字与数字: figures and facts in texts agree with the report and with the other texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from budgets.domain.choices import Flow, HistoryMeasure, ReportKind, Severity, Status
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.figures import Figure, headline
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.ledger import Filter
from budgets.domain.money import stated
from budgets.domain.schema import Staffing

from .texts import REMEMBERED, SCOPES, FreeText, clauses, free_texts, texts_by_project

_MONEY = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)"
_LINK = r"(?:预算)?(?:安排|为|是|共|合计|共计|数|:)*"
_YEAR = re.compile(rf"(?P<year>20\d\d)年(?:度)?(?:项目)?{_LINK}{_MONEY}")
_TOTAL = re.compile(rf"项目总预算{_LINK}{_MONEY}")
_CURRENT = re.compile(rf"(?:项目)?(?:当年|本年度?|今年)预算{_LINK}{_MONEY}")
_IS = r"(?:为|是|共|合计|共计|数|:)*"
_EXECUTED = re.compile(rf"(?:执行数|决算数|支出决算|实际支出){_IS}{_MONEY}")
_BUDGETED = re.compile(rf"(?:当年|本年度?|今年|全年|年初)预算{_IS}{_MONEY}")
_AUTHORISED = re.compile(
    r"(?<!行政)(?<!事业)(?<!工勤)(?<!员额)(?<!参公)编制(?:人数|数)?(?:共|为)?(?P<count>\d+)[人名]"
)
_FILLED = re.compile(r"在职(?:在编|实有)?(?:人员|人数)?(?:共|为)?(?P<count>\d+)[人名]")
_PROJECTS = re.compile(r"(?<!\d)(?P<count>\d+)个项目支出绩效目标")
_EVALUATED = re.compile(
    r"(?:自评(?:共?涉及)?|共?涉及|共有)项目(?P<first>\d+)个|(?<!\d)(?P<count>\d+)个(?:一级)?项目(?:支出)?(?:全面)?(?:开展|进行)?(?:了)?(?:绩效)?自评"
)

_OTHER_YEAR = re.compile(r"上年|去年|前年|以前|历年|累计|截至|20\d\d年|[比较从每]")
_VAGUE = re.compile(r"约|左右|近|余|多|超|以上|以内|不少于|不超过|不低于|至少|至多|最多|最少|力争|[≥≤><~至]")

_BRAND = re.compile(r"“(?P<brand>[^“”]{2,12})”")
_TIMES = re.compile(r"(?<!\d)(?P<count>\d+)(?P<unit>[期次场届])")

_NOT_ALL = re.compile(r"”[^“”]{0,6}(?:为主|为代表|之一)|其中[^“]{0,6}“")
"""Words that say that a brand is only a part of what the project does."""

_RESULT = "实际完成值"
"""The title of an indicator's value, which says how often without naming what."""

_WORKS = "升级|扩建|新建|改造|购置"
_DENIED = re.compile(rf"(?:无|没有|不再|未)(?:安排|进行|作|有)?(?P<what>{_WORKS})")
_NEGATIVE = re.compile(r"无|没有|不|未|停止|取消|暂缓")


class WordsAgree:
    """Warning: a text contradicts a figure, another text's count or another text's plan.

    Compares 项目总预算, 当年预算 and ``YYYY年 56万元`` in a project's texts; headline figures and the numbers of 编制
    and 在职 in the report's texts; how often one “brand” is held; 无升级计划 against 升级 in one project. Only exact
    numbers are compared. Not caught: numbers with 约, 不少于 or 以上 or of another year; numbers in Chinese
    characters; counts of things without a name in quotes; contradictions in any other words.

    In final accounts also 预算数 and 执行数 of a project (of all or of fiscal money; the initial or the adjusted
    budget), headline figures of all money or a part of it, and the number of evaluated projects. A 实际完成值 such as
    已举办 12 期 is compared with the brand of its project, if the project names exactly one, not as one of several
    (为主), and has one such value.
    """

    id = "TXT-2"
    title = "文字与数字"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.WARNING
        texts = free_texts(dossier)
        by_project = texts_by_project(dossier)
        yield from self._report(dossier, by_project[""], severity)
        is_final = dossier.header.kind == ReportKind.FINAL
        for project in dossier.projects:
            own = by_project[project.key]
            if is_final:
                yield from self._execution(dossier, project, own, severity)
            else:
                yield from self._amounts(dossier, project, own, severity)
            yield from self._plans(own, severity)
        yield from self._brands(dossier.header.year, texts, severity)

    def _report(self, dossier: Dossier, texts: Sequence[FreeText], severity: Severity) -> Iterator[Finding]:
        kind = dossier.header.kind
        counts, figures = _counts(dossier), {figure.title: figure for figure in headline(kind)}
        pattern = _figure_pattern(kind)
        year = f"{dossier.header.year}年" if kind == ReportKind.FINAL else ""
        for text in texts:
            for clause in _exact(text.clean.replace(year, "")):
                for said in counts:
                    for match in said.pattern.finditer(clause):
                        number = next(group for group in match.groups() if group)
                        if int(number) not in said.numbers:
                            expected = f"{said.numbers[0]} {said.unit}"
                            yield self._said(severity, text, said.title, expected, f"{number} {said.unit}")
                for match in pattern.finditer(clause):
                    figure = figures[match["title"]]
                    yield from self._money(severity, text, match, figure.title, *_amounts_of(dossier, figure))

    def _amounts(
        self, dossier: Dossier, project: ProjectDossier, texts: Sequence[FreeText], severity: Severity
    ) -> Iterator[Finding]:
        year = dossier.header.year
        for text in texts:
            for clause in clauses(_ungrouped(text.clean)):
                if match := _YEAR.fullmatch(clause):
                    said = int(match["year"])
                    past = dossier.past(project, said) if said < year else None
                    budget = past.amount if past and past.measure == HistoryMeasure.BUDGET else None
                    figure = project.amount if said == year else budget
                    title = f"{said} 年预算"
                elif match := _TOTAL.search(clause):
                    figure, title = project.total_budget, "项目总预算"
                elif match := _CURRENT.search(clause):
                    figure, title = project.amount, "项目当年预算"
                else:
                    continue
                if figure is not None and not _VAGUE.search(clause):
                    yield from self._money(severity, text, match, title, figure)

    def _execution(
        self, dossier: Dossier, project: ProjectDossier, texts: Sequence[FreeText], severity: Severity
    ) -> Iterator[Finding]:
        """Amounts that texts give for a project's budget and its spending."""
        total = project.application.total_budget
        budgets, executed = _budgets(dossier, project), _executed(dossier, project)
        for text in texts:
            for clause in _exact(text.clean.replace(f"{dossier.header.year}年", "")):
                if match := _TOTAL.search(clause):
                    if total is not None:
                        yield from self._money(severity, text, match, "项目总预算", total)
                elif match := _BUDGETED.search(clause):
                    yield from self._money(severity, text, match, "项目预算数", *budgets)
                elif match := _EXECUTED.search(clause):
                    yield from self._money(severity, text, match, "项目执行数", *executed)

    def _plans(self, texts: Sequence[FreeText], severity: Severity) -> Iterator[Finding]:
        """Plans that one text of a project denies and another one has."""
        denied = {
            match["what"]: (text, clause)
            for text in texts
            for clause in clauses(text.clean)
            for match in _DENIED.finditer(clause)
        }
        for what, (text, denial) in denied.items():
            planned = next((t for t in texts if t.address != text.address and _plans(t, what)), None)
            if planned is not None:
                yield planned.spot.finding(
                    self.id,
                    severity,
                    f"“{planned.title}”写有“{what}”，“{text.title}”却写“{denial}”；请核对，改成一致。",
                    expected=denial,
                    actual=what,
                )

    def _brands(self, year: int, texts: Sequence[FreeText], severity: Severity) -> Iterator[Finding]:
        """Two texts that give different counts for one thing in quotes."""
        known: dict[tuple[str, str], _Held] = {}
        for held in (*_held(texts, year), *_results(texts, year)):
            first, unit = known.setdefault((held.brand, held.unit), held), held.unit
            if first.count != held.count:
                yield held.text.spot.finding(
                    self.id,
                    severity,
                    f"这里写“{held.brand}”{held.count} {unit}，“{first.text.place}”写 {first.count} {unit}；请核对，改成一致。",
                    expected=f"{first.count} {unit}",
                    actual=f"{held.count} {unit}",
                )

    def _money(
        self, severity: Severity, text: FreeText, match: re.Match[str], title: str, *figures: Decimal
    ) -> Iterator[Finding]:
        """A finding if the amount is none of ``figures``. The first of them is the expected one."""
        number = Decimal(match["number"].replace(",", ""))
        factor = 10000 if match["unit"] == "万元" else 1
        amount = number * factor
        half = Decimal(1).scaleb(int(number.as_tuple().exponent)) * factor / 2
        if figures and all(abs(amount - figure) > half for figure in figures):
            yield self._said(severity, text, title, figures[0], amount)

    def _said(
        self,
        severity: Severity,
        text: FreeText,
        title: str,
        expected: Decimal | str,
        actual: Decimal | str,
    ) -> Finding:
        is_, says = (stated(v) if isinstance(v, Decimal) else v for v in (expected, actual))
        difference = None
        if isinstance(expected, Decimal) and isinstance(actual, Decimal):
            difference = actual - expected
        return text.spot.finding(
            self.id,
            severity,
            f"“{text.title}”写{title} {says}，编报中是 {is_}；请核对，改成一致。",
            expected=expected,
            actual=actual,
            difference=difference,
        )


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of the report; any of ``numbers`` may be meant."""

    pattern: re.Pattern[str]
    title: str
    numbers: tuple[int, ...]
    unit: str


def _counts(dossier: Dossier) -> list[_Count]:
    counts = [_Count(_PROJECTS, "项目", (len(dossier.projects),), "个")]
    if dossier.header.kind == ReportKind.FINAL:
        published = [project for project in dossier.projects if not project.withheld]
        spent = sum(1 for project in published if project.amount)
        counts.append(_Count(_EVALUATED, "自评项目", (spent, len(published), len(dossier.projects)), "个"))
    staffing = dossier.part(Staffing)
    if staffing.posts:
        counts += [
            _Count(_AUTHORISED, "编制数", (staffing.authorised,), "人"),
            _Count(_FILLED, "在职实有人数", (staffing.filled,), "人"),
        ]
    return counts


@cache
def _figure_pattern(kind: ReportKind) -> re.Pattern[str]:
    """A headline figure with its amount; in final accounts not with its budget."""
    titles = sorted((figure.title for figure in headline(kind)), key=len, reverse=True)
    link = f"(?:决算)?{_IS}" if kind == ReportKind.FINAL else _LINK
    return re.compile(rf"(?P<title>{'|'.join(map(re.escape, titles))}){link}{_MONEY}")


def _amounts_of(dossier: Dossier, figure: Figure) -> list[Decimal]:
    """Amounts, in 元, that a text may give for a headline figure."""
    if dossier.header.kind != ReportKind.FINAL:
        return [figure.of(dossier)]
    return [dossier.ledger.where(fund=funds).total(figure.filter) for funds in SCOPES]


def _executed(dossier: Dossier, project: ProjectDossier) -> list[Decimal]:
    """Amounts, in 元, that a text may give for a project's 执行数."""
    ledger = dossier.ledger.of_project(project.key)
    return [ledger.total(Filter(flow=(Flow.EXPENDITURE,), fund=funds)) for funds in SCOPES]


def _budgets(dossier: Dossier, project: ProjectDossier) -> list[Decimal]:
    """Amounts, in 元, that a text may give for a project's 预算数; empty if no budget is known."""
    ledger = dossier.ledger.of_project(project.key)
    initial = dossier.budget.ledger.of_project(project.key) if dossier.budget else None
    known: list[Decimal] = []
    for funds in SCOPES:
        spent = Filter(flow=(Flow.EXPENDITURE,), fund=funds)
        adjusted = ledger.adjusted(spent)
        if adjusted is not None:
            known.append(adjusted)
        if initial is not None and len(initial):
            known.append(initial.total(spent))
    return known


@dataclass(frozen=True, slots=True)
class _Held:
    """A text with the brand that it names, the count and its unit: 期."""

    text: FreeText
    brand: str
    count: str
    unit: str


def _held(texts: Sequence[FreeText], year: int) -> Iterator[_Held]:
    """The clauses with one brand and one count."""
    for text in texts:
        if "“" not in text.clean:
            continue
        for clause in _exact(text.clean.replace(f"{year}年", "")):
            brands, times = _BRAND.findall(clause), list(_TIMES.finditer(clause))
            if len(brands) == len(times) == 1:
                yield _Held(text, brands[0], times[0]["count"], times[0]["unit"])


def _results(texts: Sequence[FreeText], year: int) -> Iterator[_Held]:
    """The only count among a project's results, if the project names one brand."""
    by_project: dict[str, list[FreeText]] = defaultdict(list)
    for text in texts:
        if text.project:
            by_project[text.project].append(text)
    for own in by_project.values():
        counted: list[tuple[FreeText, re.Match[str]]] = []
        for text in own:
            if text.title != _RESULT:
                continue
            for clause in _exact(text.clean.replace(f"{year}年", "")):
                times = list(_TIMES.finditer(clause))
                if len(times) == 1 and not _BRAND.search(clause) and "/" not in clause:
                    counted.append((text, times[0]))
        if len(counted) != 1 or any(_NOT_ALL.search(text.clean) for text in own):
            continue
        brands = {brand for text in own for brand in _BRAND.findall(text.clean)}
        if len(brands) == 1:
            ((text, match),) = counted
            yield _Held(text, brands.pop(), match["count"], match["unit"])


def _ungrouped(text: str) -> str:
    """``text`` without thousands separators, which would split its clauses."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


@lru_cache(maxsize=REMEMBERED)
def _exact(text: str) -> tuple[str, ...]:
    """The clauses with exact statements about this year."""
    return tuple(
        clause
        for clause in clauses(_ungrouped(text))
        if not _OTHER_YEAR.search(clause) and not _VAGUE.search(clause)
    )


def _plans(text: FreeText, what: str) -> bool:
    return any(
        what in clause and not _NEGATIVE.search(clause) and not _OTHER_YEAR.search(clause)
        for clause in clauses(text.clean)
    )
