"""A finding of a check: its place, the expected and actual values, the difference, and a way to the field.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from .address import Address
from .choices import Severity
from .dossier import Dossier

_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result of a rule.

    ``address`` is its field, or the object that lacks one. ``section`` is the key of the entry section that holds it,
    which the profile tells (`profile.run_checks`); a rule gives it only for a finding about a section as a whole.
    ``place`` says in Chinese which object it is about. ``expected``, ``actual`` and ``difference`` in 元 where they are
    amounts.
    """

    rule: str
    severity: Severity
    message: str
    place: str = ""
    address: Address | None = None
    section: str = ""
    expected: Decimal | str | None = None
    actual: Decimal | str | None = None
    difference: Decimal | None = None

    @property
    def anchor(self) -> str:
        """The id of the form control to focus; empty where there is none."""
        return self.field.anchor() if self.field else ""

    @property
    def field(self) -> Address | None:
        """The address, if it is one of a field."""
        return self.address if self.address and self.address.field else None

    @property
    def stamp(self) -> str:
        """The finding's figures on one line, independent of how they are written (``100``, ``100.00``).

        These are its expected and actual values. Where neither is an amount, the numbers of the message are added,
        or the whole message where there are no values. An explanation holds as long as the stamp is the same.
        """
        sides = (self.expected, self.actual, self.difference)
        said = ["" if side is None else _written(side) for side in sides]
        if not any(said):
            said = [_written(self.message)]
        elif not any(isinstance(side, Decimal) for side in sides):
            said += _NUMBER.findall(self.message)
        return " | ".join((self.rule, *said))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is found, in Chinese and by its address."""

    place: str
    address: Address

    def finding(
        self,
        rule: str,
        severity: Severity,
        message: str,
        *,
        expected: Decimal | str,
        actual: Decimal | str,
        difference: Decimal | None = None,
    ) -> Finding:
        """Make the finding of ``rule`` at this spot; amounts in 元."""
        return Finding(
            rule=rule,
            severity=severity,
            place=self.place,
            address=self.address,
            message=message,
            expected=expected,
            actual=actual,
            difference=difference,
        )


def _written(side: Decimal | str) -> str:
    if isinstance(side, Decimal):
        return f"{side.normalize():f}" if side else "0"
    return " ".join(side.split())


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Severity and thresholds of one rule in one fiscal year; None keeps the rule's own."""

    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def overridden(self, own: CheckSettings | None) -> CheckSettings:
        """These settings, overridden by those that ``own`` sets."""
        if own is None:
            return self
        return CheckSettings(own.severity or self.severity, {**self.options, **own.options})


class Check(Protocol):
    """One rule of the catalogue of cross-checks (勾稽). It lists its thresholds in ``options``, and in ``objects`` what of
    the whole report its findings are about (`Address.object`); both may be missing."""

    id: str
    title: str

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterable[Finding]: ...
