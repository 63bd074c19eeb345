"""Rows of a sub-table as forms, with or without JavaScript. What was entered comes from `budgets.forms.entered`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from ..domain.address import Address
from ..domain.money import ZERO, grouped
from ..domain.types import KEY, new_key
from ..renderers.html import RegionForms, RegionRow
from ..renderers.markup import markup, markup_of_each
from . import help
from .base import FormProblem, Json, PartForm
from .context import EditContext
from .entered import Entered, EnteredRow
from .fields import AmountField, NameField, PartField, WholeField
from .paste_box import PasteBox
from .row_posts import after
from .widgets import Grow, Line

_KEY = re.compile(KEY)

LIMIT = 1000
"""The most rows of one sub-table."""

EXTRA = 2
"""Blank rows at the end, so that rows can be entered without JavaScript."""

VERBS = {
    "duplicate": ("复制", "复制"),
    "up": ("上移", "↑"),
    "down": ("下移", "↓"),
    "delete": ("删除", "✕"),
}
RESTORE = ("恢复", "恢复")


class RowForm(PartForm):
    """One row. ``region`` names the sub-table, in layouts, controls and ids alike.

    ``fixed`` rows belong to a given list. Their identity (``identity``, e.g. 编制类别) is not typed, none is added or
    removed, and a blank one is not stored.
    """

    region: ClassVar[str]
    list_title: ClassVar[str] = ""
    identity: ClassVar[str] = "key"
    identity_label: ClassVar[str] = ""
    fixed: ClassVar[bool] = False
    hidden_names: ClassVar[tuple[str, ...]] = ()
    """Hidden controls besides key and DELETE."""
    carried: ClassVar[tuple[str, ...]] = ()
    """Columns, outermost first, that are merged over their rows on paper. A pasted value stands only in the first
    row."""
    continues: ClassVar[str] = ""
    """The column that a row leaves blank if it goes on the row above."""
    counted: ClassVar[tuple[str, ...]] = ()
    """Text columns that count something. Their merged cells are not repeated either."""

    def __init__(
        self,
        key: str,
        index: int | str,
        value: Mapping[str, Json],
        entered: Mapping[str, str] | None,
        context: EditContext,
        *,
        blank: bool = False,
        deleted: bool = False,
    ) -> None:
        self.key, self.index = key, index
        self.prefix_ = f"{self.region}-{index}"
        self.number = 0
        self.deleted = deleted
        self.hidden_values = {
            name: (entered.get(name) if entered else None) or value.get(name) or ""
            for name in self.hidden_names
        }
        super().__init__(self.region, value, entered, context, prefix=self.prefix_, blank=blank)

    @classmethod
    def title_in(cls, context: EditContext) -> str:
        """The title of the sub-table."""
        return cls.list_title

    @classmethod
    def is_summed(cls, context: EditContext) -> bool:
        """Whether sums of its amount columns make sense."""
        return True

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields.pop(cls.identity, None)
        for field in fields.values():
            if isinstance(field, NameField) and type(field.widget) is Line:
                field.widget = Grow(single=True)
        return fields

    def address(self, name: str) -> Address:
        return Address(self.region, self.key, name)

    @property
    def is_blank(self) -> bool:
        """Whether the row holds only what an untouched row holds."""
        if not self.is_bound:
            return self.blank
        return not any(
            self.fields[name].says(text)
            for name, text in self.entered.items()
            if text and name in self.fields
        )

    @property
    def is_dropped(self) -> bool:
        return self.deleted or self.is_blank

    def content(self) -> dict[str, Json]:
        return {**super().content(), self.identity: self.key}

    def problems(self) -> Iterator[FormProblem]:
        return iter(()) if self.is_dropped else super().problems()

    # --- pasted ---

    def holds_below(self, name: str, row: Mapping[str, str]) -> bool:
        """Whether a merged cell of ``name`` applies to ``row`` (cells by column) as well."""
        counts = isinstance(self.fields.get(name), AmountField | WholeField)
        return name in self.fields and not counts and name not in self.counted

    def follows(self, name: str, said: str, row: Mapping[str, str]) -> bool:
        """Whether a blank ``name`` in ``row`` (cells by column) may stand for ``said`` in the row above."""
        return True

    # --- as markup ---

    def help_id(self, name: str) -> str:
        """The id of the help text, which stands once in the heading of the column."""
        return f"help-{self.region}-{name}"

    def control_label(self, name: str) -> str:
        return f"{self.fields[name].label}（第 {self.number} 行）"

    def messages(self, name: str) -> SafeString:
        return SafeString("") if self.is_dropped else super().messages(name)

    def cell(self, name: str) -> SafeString:
        if name == self.identity:
            return markup('<span class="shown">{}</span>', self.title)
        return super().cell(name)

    @property
    def title(self) -> str:
        """The subject of a fixed row."""
        return self.key

    @property
    def hidden(self) -> SafeString:
        """The row's hidden controls."""
        if self.fixed:
            return SafeString("")
        values = {"key": self.key, **self.hidden_values, "DELETE": "on" if self.deleted else ""}
        return markup_of_each(
            '<input type="hidden" name="{}-{}" value="{}">',
            ((self.prefix_, name, value) for name, value in values.items()),
        )

    @property
    def buttons(self) -> SafeString:
        """The row's buttons. Each is a submit button that saves nothing."""
        if not self.has_tools:
            return SafeString("")
        verbs = {"restore": RESTORE} if self.deleted else VERBS
        return markup_of_each(
            '<button type="submit" class="row-command" name="command" value="{}-{}" data-command="{}" '
            'formnovalidate title="{}" aria-label="{}第 {} 行">{}</button>',
            (
                (self.prefix_, verb, verb, label, label, self.number, sign)
                for verb, (label, sign) in verbs.items()
            ),
        )

    @property
    def has_tools(self) -> bool:
        return not self.fixed and self.context.editable

    @property
    def column_cells(self) -> list[tuple[str, SafeString]]:
        """(field, cell) of every column of a plain table. A fixed row begins with its subject."""
        names = [*([self.identity] if self.fixed else []), *self.shared_fields(self.context)]
        return [(name, self.cell(name)) for name in names]

    def as_region_row(self) -> RegionRow:
        return RegionRow(
            cells=Cells(self), hidden=self.hidden, tools=self.buttons, key=self.key, is_deleted=self.deleted
        )


class Cells(Mapping[str, SafeString]):
    """A row's cells by field, rendered on demand."""

    def __init__(self, row: RowForm) -> None:
        self.row = row

    def __getitem__(self, name: str) -> SafeString:
        if name not in self.row.fields and name != self.row.identity:
            raise KeyError(name)
        return self.row.cell(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.row.fields)

    def __len__(self) -> int:
        return len(self.row.fields)


@dataclass(frozen=True)
class ColumnHead:
    """The heading of a column; ``name`` is its field's."""

    name: str
    label: str
    help: SafeString


class RowForms:
    """All rows of one sub-table, followed by ``EXTRA`` blank ones.

    ``values`` are the rows as JSON, including fixed or offered rows that are not stored. The identities of those are
    in ``blank``.
    """

    def __init__(
        self,
        form: type[RowForm],
        values: Sequence[Mapping[str, Json]],
        entered: Entered | None,
        context: EditContext,
        *,
        blank: Collection[str] = (),
    ) -> None:
        self.form, self.context = form, context
        self.region = form.region
        self.stored = [value for value in values if self._key(value) not in blank]
        self.offered = frozenset() if form.fixed else frozenset(blank)
        """Keys of rows that the page offers and nobody has saved."""
        self.errors: list[str] = []
        self._checked: list[RowForm] = []
        self.paste = PasteBox(self, entered.post if entered else None, LIMIT)
        self.extra = SafeString("")
        """Further buttons below the rows."""
        found = entered.rows(form.region) if entered and not form.fixed else []
        self.is_entered = bool(found) or (entered is not None and form.fixed)
        if form.fixed:
            self.rows = [self._fixed(value, entered, self._key(value) in blank) for value in values]
        elif found:
            self.rows = list(self._entered(found))
        else:
            self.rows = [form(self._key(v), i, v, None, context) for i, v in enumerate(values)]
        self._append_blank()
        for number, row in enumerate(self.rows, 1):
            row.number = number
        if entered and entered.post.get("focus"):
            self._focus(str(entered.post["focus"]))

    def _fixed(self, value: Mapping[str, Json], entered: Entered | None, blank: bool) -> RowForm:
        key = self._key(value)
        texts = entered.values(self.region, key, self.form.shared_fields(self.context)) if entered else None
        return self.form(key, key, value, texts, self.context, blank=blank)

    def _entered(self, rows: Sequence[EnteredRow]) -> Iterator[RowForm]:
        stored = {self._key(value): value for value in self.stored}
        fields = self.form.shared_fields(self.context).keys()
        taken: set[str] = set()
        for row in rows:
            key = row.key
            if key in taken or not _KEY.fullmatch(key):
                key = new_key()
            taken.add(key)
            yield self.form(
                key,
                row.index,
                stored.get(key, {}),
                row.values,
                self.context,
                blank=key not in stored and fields.isdisjoint(row.values),
                deleted=row.is_deleted,
            )

    def _append_blank(self) -> None:
        if self.form.fixed or not self.context.editable:
            return
        trailing = 0
        for row in reversed(self.rows):
            if not row.is_blank:
                break
            trailing += 1
        start = max((int(row.index) for row in self.rows), default=-1) + 1
        for index in range(start, start + EXTRA - trailing):
            self.rows.append(self._blank_row(new_key(), index))

    def _blank_row(self, key: str, index: int | str) -> RowForm:
        return self.form(key, index, {}, None, self.context, blank=True)

    def _key(self, value: Mapping[str, Json]) -> str:
        return str(value.get(self.form.identity, ""))

    def _focus(self, key: str) -> None:
        for row in self.rows:
            if row.key == key and row.fields:
                row.own(next(iter(row.fields))).widget.attrs["autofocus"] = True

    # --- what was typed ---

    @property
    def kept(self) -> list[RowForm]:
        """The rows that will be stored. From `ok` on they stay the same."""
        return self._checked or [row for row in self.rows if not row.is_dropped]

    def ok(self) -> bool:
        self.errors, self._checked = [], []
        kept = self._checked = self.kept
        if len(kept) > LIMIT:
            self.errors.append(f"最多 {LIMIT} 行，现有 {len(kept)} 行，请删减")
        outcomes = [row.ok() for row in kept]
        return all(outcomes) and not self.errors

    def content(self) -> list[Json]:
        if not self.is_entered:
            return list(self.stored)
        return [row.content() for row in self.kept]

    def problems(self) -> Iterator[FormProblem]:
        for error in self.errors:
            yield FormProblem(None, "", error)
        for row in self.rows:
            yield from row.problems()

    # --- as markup ---

    @property
    def labels(self) -> list[tuple[str, str]]:
        """(field, label) of the columns."""
        fields = self.form.shared_fields(self.context)
        titles = [(self.form.identity, self.form.identity_label)] if self.form.fixed else []
        return titles + [(name, str(field.label)) for name, field in fields.items()]

    def help(self, name: str, label: str) -> SafeString:
        """The help mark beside the heading of a column."""
        if not self.context.editable:
            return SafeString("")
        return help.mark(f"help-{self.region}-{name}", label, self.form.told(name, self.context))

    @property
    def heads(self) -> list[ColumnHead]:
        return [ColumnHead(name, label, self.help(name, label)) for name, label in self.labels]

    @property
    def title(self) -> str:
        return self.form.title_in(self.context)

    @property
    def has_tools(self) -> bool:
        return not self.form.fixed and self.context.editable

    def total(self, name: str = "amount") -> Decimal:
        """The sum, in 元, of the valid amounts in one column."""
        return sum(amounts(self.kept, name), ZERO)

    @property
    def totals(self) -> list[tuple[str, str | None]]:
        """(field, sum in the page's unit) of every column; empty if no column holds amounts."""
        fields = self.form.shared_fields(self.context)
        if not self.form.is_summed(self.context) or not any(
            isinstance(field, AmountField) for field in fields.values()
        ):
            return []
        titles: list[tuple[str, str | None]] = [(self.form.identity, None)] if self.form.fixed else []
        return titles + [
            (name, grouped(self.total(name), self.context.unit) if isinstance(field, AmountField) else None)
            for name, field in fields.items()
        ]

    @cached_property
    def template(self) -> RowForm:
        """The row that rows.js copies, with ``__index__`` and ``__key__`` as placeholders."""
        return self._blank_row("__key__", "__index__")

    @property
    def empty_hint(self) -> SafeString:
        """A hint for an empty sub-table."""
        if not self.has_tools or self.kept:
            return SafeString("")
        return SafeString('<span class="hint-empty">还没有内容：在空行里直接填，或从 Excel 复制后粘贴</span>')

    @property
    def add_button(self) -> SafeString:
        if self.form.fixed or not self.context.editable:
            return SafeString("")
        return markup(
            '<button type="submit" class="row-add" name="command" value="{}-add" data-command="add" '
            'data-region="{}" formnovalidate>＋ 加行</button>',
            self.region,
            self.region,
        )

    def as_region(self) -> RegionForms:
        """These rows as the content of a region of a sheet."""
        return RegionForms(
            management=markup_of_each('<p class="field-error">✕ {}</p>', ((e,) for e in self.errors)),
            rows=[row.as_region_row() for row in self.rows],
            blank=RegionRow(cells={}) if self.form.fixed else self.template.as_region_row(),
            footer=markup("{}{}{}{}", self.add_button, self.extra, self.empty_hint, self.paste),
        )

    # --- row commands ---

    def command(self, command: str, data: QueryDict) -> QueryDict | None:
        """``data`` after the command of a row button; None if it is not for these rows."""
        if command == self.paste.command and not self.form.fixed:
            return self.paste.placed(data)
        if self.form.fixed:
            return None
        return after(command, self.region, data, self.form.hidden_names)


def amounts(rows: Sequence[RowForm], name: str) -> Iterator[Decimal]:
    """The valid amounts (元) of ``rows``. An invalid amount is skipped; its error stands beside it."""
    for row in rows:
        if row.is_bound and name in row.fields:
            row.ok()
            value = row.cleaned_data.get(name)
        else:
            value = AmountField().to_initial(row.stored.get(name))
        if value is not None:
            yield value
