"""图: the totals beside last year's, what income and expenditure are made of, and what pages show besides.

Pure. A builder makes the chart of one chapter, or none where there is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..domain.choices import FISCAL, ReportKind, Use
from ..domain.dossier import Dossier
from ..domain.figures import total_of
from ..domain.profile import get_profile
from ..domain.sheets import Lines
from ..tables.final.wording import income_label
from ..tables.tree import Dimension
from .balance import CAME, FUNDS, INCOME, OPENING, RESERVES, SPENT
from .comparisons import Compared, compared_figure, compared_lines
from .document import Chart, Document, Mark, Shape
from .narrator import Narrator
from .sources import Source
from .spec import Chapter, NarrativeSpec
from .subjects import named_classes

MOST_PROJECTS = 12
"""The projects that a chart names; the others are one bar."""
FEWEST_YEARS = 3
"""Two years are told by the chart of the totals."""

Item = tuple[str, Source]


# --- The charts of the document -----------------------------------------------------------------------


def totals(narrator: Narrator) -> Chart | None:
    """All money of a budget, both sides, beside last year's."""
    both = {
        "收入总预算": compared_lines(narrator.dossier, CAME, "total"),
        "支出总预算": compared_figure(narrator.dossier, "total"),
    }
    return _years(narrator, "收支预算总体变动情况", both)


def fiscal_totals(narrator: Narrator) -> Chart | None:
    """财政拨款 of a budget, both sides, beside last year's."""
    both = {
        "财政拨款收入": compared_lines(narrator.dossier, replace(CAME, fund=FISCAL)),
        "财政拨款支出": compared_lines(narrator.dossier, replace(SPENT, fund=FISCAL)),
    }
    return _years(narrator, "财政拨款收支预算总体变动情况", both)


def final_totals(narrator: Narrator) -> Chart | None:
    """收、支总计 of final accounts beside last year's."""
    return _years(
        narrator, "收、支决算总计变动情况", {"收、支总计": compared_figure(narrator.dossier, "balance")}
    )


def final_fiscal_totals(narrator: Narrator) -> Chart | None:
    """财政拨款收、支总计 of final accounts beside last year's."""
    both = {"财政拨款收、支总计": compared_figure(narrator.dossier, "fiscal")}
    return _years(narrator, "财政拨款收、支决算总计变动情况", both)


def income(narrator: Narrator) -> Chart | None:
    """Each kind of income of a budget, and what was carried over, with its share."""
    items = [(income_label(fund), Lines(replace(INCOME, fund=(fund,)))) for fund in FUNDS]
    items += [("上年结转", Lines(OPENING)), ("使用非财政拨款结余", Lines(RESERVES))]
    return _structure(narrator, "收入预算结构", items, Lines(CAME))


def final_income(narrator: Narrator) -> Chart | None:
    """财政拨款收入 and each other kind of income with its share."""
    others = [(income_label(fund), (fund,)) for fund in FUNDS if fund not in FISCAL]
    kinds = [("财政拨款收入", FISCAL), *others]
    items = [(name, Lines(replace(INCOME, fund=funds))) for name, funds in kinds]
    return _structure(narrator, "收入决算结构", items, Lines(INCOME))


def expenditure(narrator: Narrator) -> Chart | None:
    """Each use of the expenditure with its share."""
    word = "决算" if narrator.dossier.header.kind == ReportKind.FINAL else "预算"
    items = [(use.label, Lines(replace(SPENT, use=(use,)))) for use in Use]
    return _structure(narrator, f"支出{word}结构", items, Lines(SPENT))


# --- The charts of a page -----------------------------------------------------------------------------


def page_charts(dossier: Dossier) -> Iterator[Chart]:
    """What the public page of a report shows besides the charts of its text: where the money goes, several years."""
    spec = get_profile(dossier.header.profile).narrative or NarrativeSpec(title="", chapters=())
    narrator = Narrator(dossier, spec, Chapter(key="page"))
    found = (
        _classes(narrator, "支出按功能分类", "function"),
        _classes(narrator, "支出按经济分类", "economic"),
        _projects(narrator),
        _several_years(narrator),
    )
    keys = ("function", "economic", "projects", "years")
    return (replace(chart, key=f"page.{key}") for key, chart in zip(keys, found, strict=True) if chart)


def numbered(document: Document) -> Document:
    """The document with its charts numbered in their order."""
    numbers = {chart.key: number for number, chart in enumerate(document.charts, 1)}
    blocks = (
        replace(block, number=numbers[block.key]) if isinstance(block, Chart) else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _classes(narrator: Narrator, title: str, dimension: Dimension) -> Chart | None:
    classes = named_classes(narrator.dossier, dimension, SPENT)
    items = [(each.name.text, Lines(each.filter)) for each in classes]
    return _structure(narrator, title, items, Lines(SPENT))


def _projects(narrator: Narrator) -> Chart | None:
    """The projects, the largest first; those beyond `MOST_PROJECTS` together."""
    scope = replace(SPENT, use=(Use.PROJECT,))
    projects = [
        (project.identity.name, replace(scope, project=(project.key,)))
        for project in narrator.dossier.projects
    ]
    ledger = narrator.dossier.ledger
    projects.sort(key=lambda item: -ledger.total(item[1]))
    items: list[Item] = [(name, Lines(filter)) for name, filter in projects[:MOST_PROJECTS]]
    if rest := projects[MOST_PROJECTS:]:
        keys = tuple(key for _, filter in rest for key in filter.project)
        items.append((f"其余 {len(rest)} 个项目", Lines(replace(scope, project=keys))))
    return _structure(narrator, "项目支出", items, Lines(scope))


def _several_years(narrator: Narrator) -> Chart | None:
    """The expenditure of every year whose report is known, the first year first."""
    dossier = narrator.dossier
    total = total_of(dossier.header.kind)
    earlier = sorted(dossier.earlier, key=lambda report: report.header.year)
    years = [(str(report.header.year), Lines(total.filter, report.header.year)) for report in earlier]
    years.append((str(dossier.header.year), Lines(total.filter)))
    marks = tuple(Mark(f"{year}年", (narrator.amount(source),)) for year, source in years)
    if len(marks) < FEWEST_YEARS:
        return None
    return Chart("", f"历年{total.title}", Shape.COLUMNS, (total.title,), marks, narrator.style.unit)


# --- Both kinds ---------------------------------------------------------------------------------------


def _years(narrator: Narrator, title: str, compared: dict[str, Compared]) -> Chart | None:
    """Totals beside last year's, or alone where no total of last year is known."""
    befores = [narrator.amount(each.before) for each in compared.values()]
    nows = [narrator.amount(each.now) for each in compared.values()]
    if not any(value and value.amount for value in (*befores, *nows)):
        return None
    year = narrator.dossier.header.year
    series = (f"{year - 1}年", f"{year}年") if any(befores) else (f"{year}年",)
    pairs = zip(befores, nows, strict=True) if any(befores) else ((now,) for now in nows)
    marks = tuple(Mark(name, tuple(amounts)) for name, amounts in zip(compared, pairs, strict=True))
    return Chart(narrator.key("chart"), title, Shape.COLUMNS, series, marks, narrator.style.unit)


def _structure(narrator: Narrator, title: str, items: Iterable[Item], whole: Source) -> Chart | None:
    """What has money, with its share of the ``whole``."""
    amounts = ((name, source, narrator.amount(source)) for name, source in items)
    marks = tuple(
        Mark(name, (amount,), narrator.share(source, whole))
        for name, source, amount in amounts
        if amount and amount.amount
    )
    if not marks:
        return None
    return Chart(narrator.key("chart"), title, Shape.BARS, ("金额",), marks, narrator.style.unit)
