"""CON-1 联系方式: one person has one telephone; numbers and postcodes are well-formed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding, Spot
from budgets.domain.schema import Basics

_BETWEEN = re.compile(r"[/、,;，；]|或")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(
    r"(?:(?:010|02\d)-?(?P<eight>\d{4}-?\d{4})|0[3-9]\d{2}-?(?P<any>\d{7,8})|(?P<bare>\d{7,8}))"
)
_EXTENSION = re.compile(r"(转|-)\d{1,4}$")
_POSTCODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class _Contact:
    """A person named in the report; ``of`` is the object that holds their number."""

    person: str
    phone: str
    postcode: str
    place: str
    of: Address


class Contacts:
    """Warning: a malformed telephone number, a postcode without six digits, one person with two numbers.

    Not checked in final accounts: leaders of projects, who are entered and published in the budget. An area code
    may be left out; one of three digits is followed by eight. Persons are identified by name alone. Not caught: a
    well-formed number that is wrong.
    """

    id = "CON-1"
    title = "联系方式"
    objects = ("basics",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        known: dict[str, tuple[_Contact, frozenset[str]]] = {}
        for contact in _contacts(dossier):
            if contact.postcode and not _POSTCODE.fullmatch(_plain(contact.postcode)):
                message = f"邮政编码“{contact.postcode}”不是 6 位数字；请核对。"
                yield self._finding(severity, contact, "postcode", message, "6 位数字", contact.postcode)
            if not contact.phone:
                continue
            numbers = [local_number(number) for number in _BETWEEN.split(contact.phone)]
            if not all(numbers):
                message = f"联系电话“{contact.phone}”位数或区号不对；请填手机号，或区号加 7 至 8 位号码。"
                yield self._finding(severity, contact, "phone", message, "手机号或固定电话", contact.phone)
                continue
            if not contact.person:
                continue
            first, firsts = known.setdefault(contact.person, (contact, frozenset(numbers)))
            if firsts.isdisjoint(numbers):
                message = (
                    f"{contact.person}的联系电话在这里是 {contact.phone}，在“{first.place}”是 {first.phone}；"
                    "请核对，只留一个。"
                )
                yield self._finding(severity, contact, "phone", message, first.phone, contact.phone)

    def _finding(
        self, severity: Severity, contact: _Contact, field: str, message: str, expected: str, actual: str
    ) -> Finding:
        spot = Spot(contact.place, replace(contact.of, field=field))
        return spot.finding(self.id, severity, message, expected=expected, actual=actual)


def local_number(text: str) -> str:
    """The digits of one telephone number without its area code; empty if it is not one."""
    number = _plain(text)
    if _MOBILE.fullmatch(number):
        return number
    match = _LANDLINE.fullmatch(number) or _LANDLINE.fullmatch(_EXTENSION.sub("", number))
    if match is None:
        return ""
    return next(group for group in match.groups() if group).replace("-", "")


def _plain(text: str) -> str:
    return re.sub(r"\s|[()（）]", "", unicodedata.normalize("NFKC", text).replace("—", "-"))


def _contacts(dossier: Dossier) -> Iterator[_Contact]:
    basics = dossier.part(Basics)
    yield _Contact(
        _plain(basics.preparer),
        basics.phone,
        basics.postcode,
        "基本情况",
        Address("basics"),
    )
    if dossier.header.kind == ReportKind.FINAL:
        return
    for project in dossier.projects:
        said = project.application
        yield _Contact(
            _plain(said.leader),
            said.phone,
            said.postcode,
            project.identity.name,
            project.address("application"),
        )
