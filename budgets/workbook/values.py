"""Cells of departments' own sheets as the texts that form controls would post."""

from __future__ import annotations

from ..domain.address import Address
from ..domain.characters import packed
from ..domain.money import AmountError, AnyUnit, TooFine, parse_amount, plain
from ..forms.base import PartForm
from ..forms.fields import AmountField
from ..forms.pasting import amount_as_written
from .reading import Raw, as_stored, as_text
from .records import Control, Typed, UnreadableCell


def text_of(
    typed: Typed, control: Control, cell: Raw, place: str, unit: AnyUnit | None, notes: list[str]
) -> str:
    """The text of a cell, an amount converted from ``unit``.

    What cannot be read is a problem at ``place``; what is not taken as it is stored is told in ``notes``.
    """
    try:
        reading = control.read(cell, unit)
        if reading.note:
            notes.append(f"{place} {reading.note}")
        if not isinstance(control.field, AmountField):
            return reading.text
        said = amount_as_written(reading.text)
        return plain(parse_amount(said, unit), typed.unit) if unit is not None and said else said
    except UnreadableCell as refused:
        typed.add_problem(place, str(control.field.label), str(refused))
    except AmountError as refused:
        is_plain = isinstance(cell, str) or not isinstance(refused, TooFine)
        stored = "" if is_plain else f"存的是 {as_stored(cell)}，"
        typed.add_problem(place, str(control.field.label), f"{stored}{refused}")
    return ""


def put_scalar(
    typed: Typed,
    section: str,
    form: PartForm,
    name: str,
    cell: Raw,
    place: str,
    unit: AnyUnit | None,
    notes: list[str],
) -> None:
    """Put a value outside lists into its section. A second cell that says something else is a problem."""
    if packed(as_text(cell)) == form.words.get(name):
        text = form.words[name]
    else:
        text = text_of(typed, Control(form, name), cell, place, unit, notes)
    _put(typed, section, Address(form.object, field=name), text, place, str(form.fields[name].label))


def _put(typed: Typed, section: str, address: Address, text: str, place: str, label: str) -> None:
    other = typed.places.get(section, {}).get(address)
    if other is None:
        typed.add_text(section, address, text, place)
    elif typed.fields[section][Address(address.object)][address.field] != text:
        typed.add_problem(place, label, f"与 {other} 写的不同，请改成一致，或把其中一处选为不导入")
