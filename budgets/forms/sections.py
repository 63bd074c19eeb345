"""The form of a section: the editors of its parts, placed in a layout by field and region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..changes.merge import Conflict
from ..domain import money
from ..domain.address import Address
from ..domain.types import new_key
from ..renderers.html import RegionForms
from ..storage.sections import Section, SectionInvalid, SectionValues
from .base import FormProblem, Json, notice
from .context import EditContext
from .editors import Editor
from .entered import Entered, Posted
from .fields import AmountField, CodeField, shown_code
from .pasting import typed_again


class SectionForm:
    """The editors of a section; a `renderers.html.Binder` of its layout.

    ``content`` is the section's JSON by part key, ``base`` the number of the version of ``content``; a post has its own
    ``base``. A post with a row command changes rows. Show it again instead of saving it.
    """

    def __init__(
        self,
        section: Section,
        content: Mapping[str, Json],
        entered: Entered | None,
        context: EditContext,
        *,
        base: int = 0,
    ) -> None:
        self.section, self._content, self.context = section, content, context
        self.command = ""
        self.page, self.continues = new_key(), ""
        if isinstance(entered, Posted):
            base = _number(entered.post.get("base", ""))
            self.command = entered.post.get("command", "")
            if self.command:
                entered = Posted(self._after_command(content, entered))
            self.page = entered.post.get("page") or self.page
            self.continues = entered.post.get("continues", "")
        self.base = base
        self.entered = entered
        self.errors: list[str] = []
        self.editors: dict[str, Editor] = self._editors(content, entered)

    def _editors(self, content: Mapping[str, Json], entered: Entered | None) -> dict[str, Editor]:
        editors = self.context.profile.editors
        return {
            part.key: editors[part](part.key, content.get(part.key, {}), entered, self.context)
            for part in self.section.parts
            if part in editors
        }

    def _after_command(self, content: Mapping[str, Json], posted: Posted) -> QueryDict:
        for editor in self._editors(content, posted).values():
            changed = editor.command(self.command, posted.post)
            if changed is not None:
                return changed
        return posted.post

    def going_on(self, page: str, unit: money.Unit) -> SectionForm:
        """This form of the draft of ``page`` on a new page. Amounts typed in ``unit`` are converted to the page's."""
        data = (self.entered.post if self.entered else QueryDict()).copy()
        for form in {
            id(form): form for editor in self.editors.values() for form in editor.controls.values()
        }.values():
            for name, field in form.fields.items():
                typed = form.add_prefix(name)
                if isinstance(field, AmountField) and typed in data:
                    data[typed] = typed_again(data.get(typed, ""), unit, self.context.unit)
        data["page"], data["continues"] = new_key(), page
        return SectionForm(self.section, self._content, Posted(data), self.context)

    def is_valid(self) -> bool:
        self.errors = []
        outcomes = [editor.is_valid() for editor in self.editors.values()]
        if not all(outcomes):
            return False
        try:
            return bool(self.values)
        except SectionInvalid as error:
            self.errors += error.messages
            return False

    @cached_property
    def values(self) -> SectionValues:
        """What was entered, read once, as it will be written. Use it only if valid."""
        return SectionValues.parse(self.section, self._typed())

    def content(self) -> Mapping[str, Json]:
        """The section as JSON by part key, normalised so that versions can be compared. Call it only if valid."""
        return self.values.json

    def _typed(self) -> dict[str, Json]:
        """What was entered; of a part that is not edited, what is stored."""
        given = {key: editor.content() for key, editor in self.editors.items()}
        is_whole = len(given) == len(self.section.parts)
        return given if is_whole else {**self.section.content(self.context.dossier), **given}

    def problems(self) -> Iterator[FormProblem]:
        """Every error."""
        for message in self.errors:
            yield FormProblem(None, "", message)
        for editor in self.editors.values():
            yield from editor.problems()

    # --- Binder ---

    def field(self, address: Address) -> SafeString | None:
        found = (editor.field(address) for editor in self.editors.values())
        return next((control for control in found if control is not None), None)

    def help(self, address: Address, label: str) -> SafeString:
        found = (editor.help(address, label) for editor in self.editors.values())
        return next((mark for mark in found if mark), SafeString(""))

    def region(self, name: str) -> RegionForms | None:
        found = (editor.region(name) for editor in self.editors.values())
        return next((region for region in found if region is not None), None)

    def total(self, region: str, name: str = "amount") -> Decimal:
        """The sum, in 元, of the valid amounts in one column of a sub-table."""
        tables = (rows for editor in self.editors.values() for rows in editor.sub_tables)
        return sum((rows.total(name) for rows in tables if rows.region == region), money.ZERO)

    # --- in templates ---

    @property
    def scripts(self) -> list[str]:
        """The ES modules that its editors name, each once."""
        return list(dict.fromkeys(name for editor in self.editors.values() for name in editor.scripts))

    @property
    def hidden(self) -> SafeString:
        """The beginning of every page's form: version, unit, page, and the button that Enter presses."""
        if not self.context.editable:
            return SafeString("")
        return format_html(
            '<input type="hidden" name="base" value="{}"><input type="hidden" name="unit" value="{}">'
            '<input type="hidden" name="page" value="{}"><input type="hidden" name="continues" value="{}">'
            '<button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">保存</button>',
            self.base,
            self.context.unit.value,
            self.page,
            self.continues,
        )

    def annotate(self, conflicts: Iterable[Conflict], them: str = "对方") -> list[str]:
        """Write both values beside every field in conflict; returns texts about conflicts without a field.

        ``them`` is the name of the other side.
        """
        other = []
        for conflict in conflicts:
            part_key, *path = conflict.path
            editor = self.editors.get(part_key)
            place = editor.find(path) if editor and path else None
            if place is None:
                other.append(self._whole(conflict, them))
                continue
            form, name = place
            field = form.fields[name]
            form.notes[name] = notice(
                f"{them}改为：{self._said(field, conflict.theirs)}",
                f"您填写：{self._said(field, conflict.mine)}",
            )
        return other

    def _whole(self, conflict: Conflict, them: str) -> str:
        part = next((part for part in self.section.parts if part.key == conflict.path[0]), None)
        title = part.title if part else "本部分"
        if conflict.theirs is None:
            return f"{title}：{them}删除了您修改的一行，已保留您的内容，确认不要时请再删除"
        if conflict.mine is None:
            return f"{title}：您删除的一行{them}作了修改，已保留{them}的内容，确认不要时请再删除"
        return f"{title}：双方改动不同，已保留您的内容"

    def _said(self, field: Any, value: Json) -> str:
        """A stored value as the page shows it."""
        if value in (None, ""):
            return "（空）"
        if isinstance(field, AmountField):
            try:
                return money.plain(Decimal(str(value)), self.context.unit)
            except InvalidOperation:
                return str(value)
        if isinstance(field, CodeField):
            return shown_code(value, field.names)
        if isinstance(value, bool):
            return "是" if value else "否"
        return str(dict(getattr(field, "choices", ()) or ()).get(value, value))


def _number(text: str) -> int:
    """Read a posted version number; -1, which no version has, if it is invalid."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
