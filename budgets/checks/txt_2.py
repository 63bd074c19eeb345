"""TXT-2 文字与数字: a figure or fact told in words agrees with the report and with the other texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.choices import HistoryMeasure, Severity, Status
from budgets.dossier import Dossier, ProjectDossier
from budgets.facts import Staffing
from budgets.figures import FIGURES
from budgets.findings import CheckSettings, Finding
from budgets.money import stated

from .texts import FreeText, clauses, free_texts

_MONEY = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)"
_LINK = r"(?:预算)?(?:安排|为|是|共|合计|共计|数|:)*"
_YEAR = re.compile(rf"(?P<year>20\d\d)年(?:度)?(?:项目)?{_LINK}{_MONEY}")
_TOTAL = re.compile(rf"项目总预算{_LINK}{_MONEY}")
_CURRENT = re.compile(rf"(?:项目)?(?:当年|本年度?|今年)预算{_LINK}{_MONEY}")
_FIGURE = re.compile(rf"(?P<title>{'|'.join(re.escape(figure.title) for figure in FIGURES)}){_LINK}{_MONEY}")
_FIGURES = {figure.title: figure for figure in FIGURES}
_AUTHORISED = re.compile(
    r"(?<!行政)(?<!事业)(?<!工勤)(?<!员额)(?<!参公)编制(?:人数|数)?(?:共|为)?(?P<count>\d+)[人名]"
)
_FILLED = re.compile(r"在职(?:在编|实有)?(?:人员|人数)?(?:共|为)?(?P<count>\d+)[人名]")
_PROJECTS = re.compile(r"(?P<count>\d+)个项目支出绩效目标")

_OTHER_YEAR = re.compile(r"上年|去年|前年|以前|历年|累计|截至|20\d\d年|[比较从每]")
_VAGUE = re.compile(r"约|左右|近|余|多|超|以上|以内|不少于|不超过|不低于|至少|至多|最多|最少|力争|[≥≤><~至]")

_BRAND = re.compile(r"“(?P<brand>[^“”]{2,12})”")
_TIMES = re.compile(r"(?P<count>\d+)(?P<unit>[期次场届])")

_WORKS = "升级|扩建|新建|改造|购置"
_DENIED = re.compile(rf"(?:无|没有|不再|未)(?:安排|进行|作|有)?(?P<what>{_WORKS})")
_NEGATIVE = re.compile(r"无|没有|不|未|停止|取消|暂缓")


class WordsAgree:
    """A text that contradicts a figure, another text's count or another text's plan: warning.

    Compared: 项目总预算, 当年预算 and ``YYYY年 56万元`` in a project's texts; headline figures, 编制 and 在职
    numbers in the report's; how often one “brand” is held; 无升级计划 against 升级 in one project. Only exact
    numbers are: whatever is 约, 不少于, 以上 or of another year is passed over, and so are numbers in Chinese
    characters, counts of things that have no name in quotes, and contradictions in any other words.
    """

    id = "TXT-2"
    title = "文字与数字"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.WARNING
        texts = list(free_texts(dossier))
        by_project: dict[str, list[FreeText]] = defaultdict(list)
        for text in texts:
            by_project[text.project].append(text)
        yield from self._report(dossier, by_project[""], severity)
        for project in dossier.projects:
            own = by_project[project.key]
            yield from self._amounts(dossier, project, own, severity)
            yield from self._plans(own, severity)
        yield from self._brands(dossier.header.year, texts, severity)

    def _report(self, dossier: Dossier, texts: Sequence[FreeText], severity: Severity) -> Iterator[Finding]:
        staffing = dossier.part(Staffing)
        counts = [(_PROJECTS, "项目", len(dossier.projects), "个")]
        if staffing.posts:
            counts += [
                (_AUTHORISED, "编制数", staffing.authorised, "人"),
                (_FILLED, "在职实有人数", staffing.filled, "人"),
            ]
        for text in texts:
            for clause in _exact(text.clean):
                for pattern, title, count, unit in counts:
                    for match in pattern.finditer(clause):
                        if int(match["count"]) != count:
                            expected = f"{count} {unit}"
                            yield self._said(severity, text, title, expected, f"{match['count']} {unit}")
                for match in _FIGURE.finditer(clause):
                    figure = _FIGURES[match["title"]]
                    yield from self._money(severity, text, match, figure.title, figure.of(dossier))

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

    def _plans(self, texts: Sequence[FreeText], severity: Severity) -> Iterator[Finding]:
        """What one text of a project denies and another plans."""
        denied = {
            match["what"]: (text, clause)
            for text in texts
            for clause in clauses(text.clean)
            for match in _DENIED.finditer(clause)
        }
        for what, (text, denial) in denied.items():
            planned = next((t for t in texts if t.field != text.field and _plans(t, what)), None)
            if planned is not None:
                yield Finding(
                    rule=self.id,
                    severity=severity,
                    section=planned.section,
                    place=planned.place,
                    field=planned.field,
                    message=f"“{planned.title}”写有“{what}”，“{text.title}”却写“{denial}”；请核对，改成一致。",
                    expected=denial,
                    actual=what,
                )

    def _brands(self, year: int, texts: Sequence[FreeText], severity: Severity) -> Iterator[Finding]:
        """How often one thing in quotes is held, in two texts."""
        known: dict[tuple[str, str], tuple[FreeText, str]] = {}
        for text in texts:
            for clause in _exact(text.clean.replace(f"{year}年", "")):
                brands, times = _BRAND.findall(clause), list(_TIMES.finditer(clause))
                if len(brands) != 1 or len(times) != 1:
                    continue
                count, unit = times[0]["count"], times[0]["unit"]
                first, said = known.setdefault((brands[0], unit), (text, count))
                if said != count:
                    yield Finding(
                        rule=self.id,
                        severity=severity,
                        section=text.section,
                        place=text.place,
                        field=text.field,
                        message=f"这里写“{brands[0]}”{count} {unit}，“{first.place}”写 {said} {unit}；"
                        "请核对，改成一致。",
                        expected=f"{said} {unit}",
                        actual=f"{count} {unit}",
                    )

    def _money(
        self, severity: Severity, text: FreeText, match: re.Match[str], title: str, figure: Decimal
    ) -> Iterator[Finding]:
        number = Decimal(match["number"].replace(",", ""))
        factor = 10000 if match["unit"] == "万元" else 1
        amount = number * factor
        half = Decimal(1).scaleb(int(number.as_tuple().exponent)) * factor / 2
        if abs(amount - figure) > half:
            yield self._said(severity, text, title, figure, amount)

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
        return Finding(
            rule=self.id,
            severity=severity,
            section=text.section,
            place=text.place,
            field=text.field,
            message=f"“{text.title}”写{title} {says}，编报中是 {is_}；请核对，改成一致。",
            expected=expected,
            actual=actual,
            difference=difference,
        )


def _ungrouped(text: str) -> str:
    """``text`` without thousands separators, which would part its clauses."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def _exact(text: str) -> Iterator[str]:
    """The clauses that speak of this year and exactly."""
    return (
        clause
        for clause in clauses(_ungrouped(text))
        if not _OTHER_YEAR.search(clause) and not _VAGUE.search(clause)
    )


def _plans(text: FreeText, what: str) -> bool:
    return any(
        what in clause and not _NEGATIVE.search(clause) and not _OTHER_YEAR.search(clause)
        for clause in clauses(text.clean)
    )
