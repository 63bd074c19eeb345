"""Withheld projects leave without a trace, and no sum changes."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from budgets.analysis.redaction import WITHHELD_NAME, redact, strings, withheld_keys
from budgets.disclosure.summary import summarise
from budgets.domain.choices import Disclosure
from budgets.domain.dossier import Dossier
from budgets.domain.figures import THREE_PUBLIC
from budgets.domain.profile import build_tables
from budgets.domain.schema import (
    Activities,
    Activity,
    Explanation,
    Explanations,
    History,
    Identity,
    ProcurementItem,
    ProjectProcurement,
)
from budgets.storage.dossier_json import dump_dossier
from tests import examples
from tests.examples import dossier, operating, project, wan, withheld
from tests.strategies import dossiers


def sums(report: Dossier) -> Counter:
    """Amounts by everything that a table may sum by, but for the project: of its economic code “三公” alone."""
    categories = {p.key: p.identity.category for p in report.projects}
    total: Counter = Counter()
    for line in report.ledger:
        economic = line.economic if not line.project or line.economic.startswith(THREE_PUBLIC) else ""
        key = (line.flow, line.use, line.fund, line.from_carry_over, line.function, economic)
        total[(*key, categories.get(line.project))] += line.amount
    return +total + Counter({k: v for k, v in total.items() if v < 0})


def procurement(report: Dossier) -> Counter:
    total: Counter = Counter()
    for owner, item in report.procurement:
        category = owner.identity.category if owner else None
        total[category, item.kind, item.fund, item.service_category] += item.amount
    return total


@given(dossiers())
def test_every_sum_stands(report):
    public = redact(report)
    assert sums(public) == sums(report)
    assert procurement(public) == procurement(report)
    assert [sums(d) for d in public.earlier] == [sums(d) for d in report.earlier]


@given(dossiers())
def test_nothing_is_changed_where_nothing_is_withheld(report):
    shown = replace(report, projects=tuple(p for p in report.projects if not p.withheld), earlier=())
    assert redact(shown) == shown


@given(dossiers())
def test_redacting_again_changes_nothing(report):
    public = redact(report)
    assert redact(public) == public


@settings(max_examples=15)
@given(dossiers())
def test_a_withheld_project_leaves_no_text(report):
    def marked(value: Dossier) -> Dossier:
        """Every text of a withheld project says so."""
        return replace(
            value,
            projects=tuple(
                project(
                    f"SECRET-{p.key}",
                    identity=replace(p.identity, name="SECRET"),
                    activities=Activities(
                        activities=tuple(
                            replace(a, key=f"SECRET-{a.key}", name="SECRET", basis="SECRET", remark="SECRET")
                            for a in p.activities
                        )
                    ),
                )
                if p.withheld
                else p
                for p in value.projects
            ),
        )

    public = redact(replace(marked(report), earlier=tuple(marked(d) for d in report.earlier)))
    for each in (public, *public.earlier):
        assert not any("SECRET" in text for text in strings(dump_dossier(each)))
        assert "SECRET" not in repr(each)
    assert not any("SECRET" in repr(sheet) for sheet in build_tables(public))


def test_what_is_withheld_this_year_is_withheld_in_last_years_figures_too():
    before = dossier(project("p1"), operating("p2"))
    hidden = project("p1", identity=Identity(name="综合业务", disclosure=Disclosure.WITHHELD))
    report = dossier(hidden, operating("p2"), earlier=(before,))
    public = redact(report)
    assert [p.key for p in public.earlier[0].projects] == ["p2", "withheld-specific"]
    assert public.past(public.project("withheld-specific"), before.header.year).amount == Decimal(390000)


def test_withheld_projects_of_one_category_become_one():
    public = redact(dossier(withheld("s1"), project(), withheld("s2")))
    assert [p.key for p in public.projects] == ["zhyw", "withheld-specific"]
    stand_in = public.projects[1]
    assert (stand_in.identity.name, stand_in.withheld, stand_in.amount) == (WITHHELD_NAME, True, 140000)
    assert len(stand_in.activities) == len(stand_in.activities[0].lines) == 1
    assert [item.name for item in stand_in.procurement] == ["不予公开"]


def test_two_withheld_projects_do_not_come_apart_by_their_economic_codes():
    def secret(key, amount, economic):
        lines = (examples.line(f"{key}l", amount, economic=economic),)
        activities = Activities(activities=(Activity(key=f"{key}a", lines=lines),))
        return replace(withheld(key), parts={**withheld(key).parts, Activities: activities})

    (public,) = redact(dossier(secret("x", "9", "30227"), secret("y", "4", "30201"))).projects
    assert [(line.economic, line.amount) for a in public.activities for line in a.lines] == [("", wan("13"))]
    (public,) = redact(dossier(secret("x", "9", "30227"), secret("y", "4", "30217"))).projects
    assert [(line.economic, line.amount) for a in public.activities for line in a.lines] == [
        ("", wan("9")),
        ("30217", wan("4")),
    ]


def test_the_order_of_withheld_projects_does_not_show():
    one = withheld("x")
    other = project(
        "y",
        identity=one.identity,
        activities=Activities(
            activities=(Activity(key="ya", lines=(examples.line("yl", "3", function="2010399"),)),)
        ),
    )
    assert redact(dossier(one, other)) == redact(dossier(other, one))


def test_what_is_withheld_in_the_budget_alone_is_told_of_in_neither():
    hidden = project("p1", identity=Identity(name="综合业务", disclosure=Disclosure.WITHHELD))
    report = dossier(project("p1"), operating("p2"), budget=dossier(hidden, operating("p2")))
    assert withheld_keys(report) == {"p1"}
    public = redact(report)
    assert (
        [p.key for p in public.projects]
        == [p.key for p in public.budget.projects]
        == ["p2", "withheld-specific"]
    )
    assert public.ledger.total() == report.ledger.total()


def test_the_adjusted_budget_and_shares_of_enterprises_stand_too():
    def secret(key, adjusted, sme):
        lines = (
            replace(examples.line(f"{key}l", "7"), adjusted=None if adjusted is None else wan(adjusted)),
            replace(examples.line(f"{key}m", "1"), adjusted=None),
        )
        items = (ProcurementItem(key=f"{key}p", name="设备", amount=wan("5"), sme_amount=wan(sme)),)
        return replace(
            withheld(key),
            parts={
                **withheld(key).parts,
                Activities: Activities(activities=(Activity(key=f"{key}a", lines=lines),)),
                ProjectProcurement: ProjectProcurement(items=items),
            },
        )

    (public,) = redact(dossier(secret("x", "9", "2"), secret("y", "4", "1"))).projects
    ((merged,),) = (activity.lines for activity in public.activities)
    assert (merged.amount, merged.adjusted) == (wan("16"), wan("13"))
    assert (public.procurement[0].amount, public.procurement[0].sme_amount) == (wan("10"), wan("3"))
    (public,) = redact(dossier(secret("x", None, "0"))).projects
    assert public.activities[0].lines[0].adjusted is None


def test_what_change_a_reason_was_written_for_is_not_published():
    reason = Explanation(figure="total", text="新租用房", change=wan("20"))
    report = dossier()
    report = replace(report, parts={**report.parts, Explanations: Explanations(reasons=(reason,))})
    assert redact(report).part(Explanations).reasons == (Explanation(figure="total", text="新租用房"),)


@settings(max_examples=40)
@given(dossiers())
def test_no_figure_that_stays_is_changed(report):
    """Every amount of every table that is not of a project, last year's too, and every headline."""
    report = replace(report, earlier=tuple(replace(d, earlier=()) for d in report.earlier))
    public = redact(report)
    keys = {p.key for d in (report, *report.earlier) for p in d.projects}

    def figures(value: Dossier) -> dict[str, object]:
        cells = {
            k: c.value for sheet in build_tables(value) if not sheet.is_form for k, c in sheet.cells.items()
        }
        return {k: v for k, v in cells.items() if k[:3] < "T10" and not keys & set(k.split("/"))}

    before, after = figures(report), figures(public)
    assert {k: (before.get(k), after.get(k)) for k in before | after if before.get(k) != after.get(k)} == {}
    assert summarise(public)["figures"] == summarise(report)["figures"]


def test_last_years_three_public_stand_where_a_project_is_withheld():
    def year(of, *projects):
        return replace(dossier(*projects), header=examples.header(of))

    report = replace(year(2023, project("p1"), withheld()), earlier=(year(2022, project("p1"), withheld()),))
    for key in ("three_public", "basic", "total"):
        assert summarise(redact(report))["figures"][key] == summarise(report)["figures"][key]
        assert summarise(report)["figures"][key]["previous"] is not None


def test_a_project_withheld_last_year_and_open_now_is_not_said_to_be_new():
    hidden = project("p1", identity=Identity(name="综合业务", disclosure=Disclosure.WITHHELD))
    before = replace(dossier(hidden, operating()), header=examples.header(2022))
    report = dossier(project("p1", history=History()), operating(), earlier=(before,))
    text = str([cell.value for sheet in build_tables(redact(report)) for cell in sheet.cells.values()])
    assert "2022年未立项" not in text
