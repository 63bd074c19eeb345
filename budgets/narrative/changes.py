"""A change in a sentence: the change itself, its reason, what it is made of, a restated comparative.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.address import Address
from ..domain.dossier import Dossier
from ..domain.figures import headline, last_years, restated_figures
from ..domain.ledger import Filter
from ..domain.sheets import Lines
from .comparisons import Compared, compared_figure, compared_lines
from .document import Pieces, Sentence
from .drivers import drivers_of
from .narrator import Narrator
from .templates import Slot, joined

EXPLAINED = "{title}{total}，{change}，主要原因：{reason}。"
RESTATED = "{title}的{last_year}年数按本年口径为{amount}[，公布数为{published}][（{reason}）]。"


def slots_of_change(narrator: Narrator, compared: Compared) -> dict[str, Slot]:
    """The slots ``change`` and ``reason``, both empty where last year's amount is unknown."""
    change = narrator.change(compared.now, compared.before)
    return {"change": change, "reason": narrator.typed(compared.reason) if change else None}


def explained(narrator: Narrator, *keys: str) -> Iterator[Sentence | None]:
    """A sentence for each of these headline figures for whose change a reason was typed."""
    for key in keys:
        compared = compared_figure(narrator.dossier, key)
        slots = slots_of_change(narrator, compared)
        if slots["reason"]:
            title = next(f.title for f in headline(narrator.dossier.header.kind) if f.key == key)
            yield narrator.say(
                "explained", f"{key}.explained", title=title, total=narrator.amount(compared.now), **slots
            )


def slots_with_drivers(narrator: Narrator, compared: Compared, filter: Filter) -> dict[str, Slot]:
    """Those of `slots_of_change`, and ``drivers``: always where the locality lists them, else for want of a reason.

    The drivers are those of the expenditure in ``filter``, and told only if it changed as ``compared`` did.
    """
    slots = slots_of_change(narrator, compared)
    wanted = narrator.option("list_drivers", False) or not slots["reason"]
    spent = compared_lines(narrator.dossier, filter)
    alike = narrator.moved(compared.now, compared.before) == narrator.moved(spent.now, spent.before)
    return slots | {"drivers": drivers(narrator, filter) if wanted and alike else None}


def drivers(narrator: Narrator, filter: Filter) -> Pieces | None:
    """``人员经费增加31.39万元，…，其余减少2.64万元``: differences that add up to the change of ``filter``."""
    return joined(
        (
            joined((driver.name, narrator.short_change(driver.now, driver.before)), "")
            for driver in drivers_of(narrator, filter)
        ),
        "，",
    )


def restated(narrator: Narrator, *keys: str) -> Iterator[Sentence | None]:
    """A sentence for each of these headline figures whose last year's amount is restated, with its reason.

    Reasons that repeat that of an earlier one are not told again, nor are such amounts where nothing was published.
    """
    told: set[str] = set()
    entered = restated_figures(narrator.dossier)
    for figure in headline(narrator.dossier.header.kind):
        if figure.key not in keys or figure.key not in entered:
            continue
        published = _published(narrator.dossier, figure.filter)
        reason = entered[figure.key].reason.strip()
        if published is None and reason in told:
            continue
        told.add(reason)
        yield narrator.say(
            "restated",
            f"{figure.key}.restated",
            title=figure.title,
            amount=narrator.amount(Address("restated", figure.key, "amount")),
            published=narrator.amount(published),
            reason=narrator.typed(Address("restated", figure.key, "reason")),
        )


def _published(dossier: Dossier, filter: Filter) -> Lines | None:
    known = last_years(dossier, filter)
    return None if known is None else Lines(filter, dossier.header.year - 1)
