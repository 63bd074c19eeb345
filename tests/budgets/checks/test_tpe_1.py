"""TPE-1: vehicles and what they cost; and every change of the “三公” has its reason."""

from dataclasses import replace

import pytest

from budgets.checks.tpe_1 import ThreePublic
from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import (
    AssetHolding,
    Assets,
    Expenditure,
    ExpenditureLine,
    Explanation,
    Explanations,
    ThreePublicDetail,
)
from tests.examples import archived, dossier, wan
from tests.final_examples import final, spent


def lines(**amounts):
    return Expenditure(
        lines=tuple(
            ExpenditureLine(key=code, function="2010350", economic=code[1:], amount=wan(amount))
            for code, amount in amounts.items()
        )
    )


def report(held=0, bought=0, kind="一般公务用车", owned=0, last=None, reasons=(), **amounts):
    this = dossier(
        parts={
            Expenditure: lines(**amounts),
            ThreePublicDetail: ThreePublicDetail(vehicles_held=held, vehicles_bought=bought),
            Assets: Assets(holdings=(AssetHolding(key="v", kind=kind, quantity=owned),)),
            Explanations: Explanations(
                reasons=tuple(Explanation(figure=f, text="人员增加") for f in reasons)
            ),
        }
    )
    if last is None:
        return this
    before = archived(2022, personnel="249")
    return replace(this, earlier=(replace(before, parts={**before.parts, Expenditure: lines(**last)}),))


def found(*args, **changes):
    return list(ThreePublic().run(report(*args, **changes), CheckSettings()))


@pytest.mark.parametrize(
    "case",
    [
        {"held": 1, "owned": 1, "_30231": "3"},
        {"owned": 1, "_30231": "3"},
        {"bought": 1, "_30231": "3"},
        {"_30217": "0.48"},
        {"kind": "办公家具", "owned": 40},
    ],
)
def test_vehicles_with_their_cost_or_neither_are_silent(case):
    assert found(**case) == []


def test_cost_without_a_vehicle():
    (finding,) = found(_30231="3")
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("three_public", field="vehicles_held")
    assert (finding.expected, finding.actual) == ("至少 1 辆", "0 辆")
    assert "3.00 万元" in finding.message


def test_a_vehicle_without_cost():
    (finding,) = found(held=1)
    assert "1 辆" in finding.message
    assert finding.actual == "0.00 万元"


LAST = {"_30101": "249", "_30217": "0.45"}


def test_a_change_however_small_asks_for_its_reason():
    (finding,) = found(last=LAST, _30101="249", _30217="0.48")
    assert finding.place == "公务接待费"
    assert finding.address.on_page == Address("explanations", "three_public.reception", "text")
    assert (finding.expected, finding.actual, finding.difference) == (wan("0.45"), wan("0.48"), wan("0.03"))


@pytest.mark.parametrize("reason", ["three_public", "three_public.reception"])
def test_with_a_reason_it_is_silent(reason):
    assert found(last=LAST, reasons=[reason], _30101="249", _30217="0.48") == []


def test_no_change_needs_none():
    assert found(held=1, last={"_30231": "3"}, _30231="3") == []


def test_last_year_known_too_coarsely_is_no_base():
    assert found(held=1, last={"_": "119.45"}, _30231="3") == []


def details(*lines_, **detail):
    this = final(*lines_, detail={name: detail[name] for name in detail})
    return {f.address.field: f for f in ThreePublic().run(this, CheckSettings())}


def test_kinds_of_fees_are_no_more_than_the_item():
    running = spent("2010350", "3", economic="30231")
    finding = details(running, vehicles_held=1, running_fuel=wan("2"), running_repairs=wan("1.5"))[
        "running_fuel"
    ]
    assert (finding.address.object, finding.expected, finding.actual, finding.difference) == (
        *("three_public", wan("3"), wan("3.5"), wan("0.5")),
    )
    assert details(running, vehicles_held=1, running_fuel=wan("3")) == {}


def test_what_was_paid_for_was_counted_and_the_other_way_round():
    visit = spent("2010350", "1", economic="30217")
    assert set(details(visit)) == {"receptions"}
    assert details(visit, receptions=2, guests=9) == {}
    assert set(details(receptions=2)) == {"receptions"}
    assert set(details(spent("2010350", "1", economic="30212"))) == {"overseas_groups"}


def test_a_budget_has_no_kinds_of_fees():
    assert found(_30217="0.48") == []
