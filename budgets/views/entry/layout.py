"""A section edited in the layout of a printed form: the sheet with controls, and the fields that it leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.safestring import SafeString

from ...domain.address import Address
from ...domain.sheets import Lines, Sheet
from ...forms.base import LabelledCell
from ...forms.editors import Editor
from ...forms.sections import SectionForm
from ...renderers import html
from ...storage.sections import Section
from .context import Workspace


def filled_in(space: Workspace, sheet: Sheet, form: SectionForm) -> SafeString:
    """Render ``sheet`` with the controls of ``form``, or with values if the report cannot be edited."""
    return html.render(sheet, link=_link(space), binder=form if form.context.editable else None)


def parts(section: Section, form: SectionForm) -> list[tuple[str, Editor]]:
    """Title and editor of each part, for a section that is edited part by part."""
    return [(part.title, form.editors[part.key]) for part in section.parts if part.key in form.editors]


def _link(space: Workspace) -> html.Link:
    """The link of a sum to its rows. Typed values have none, because they are on this page."""
    return lambda cell: space.links.cell(cell) if isinstance(cell.source, Lines) else None


def others(section: SectionForm, sheet: Sheet) -> Iterator[LabelledCell]:
    """Fields that are not on the printed form."""
    shown = {cell.source for row in sheet.rows for cell in row.cells if isinstance(cell.source, Address)}
    for editor in section.editors.values():
        if editor.fields is None or not editor.offers_others:
            continue
        form = editor.fields
        inside = {within for name, within in form.together.items() if form.address(name) in shown}
        for name in form.fields:
            if name not in inside and form.address(name) not in shown:
                yield form.labelled_cell(name)
