"""A locality's narrative as data: chapters, their order and numbering, wording, and how numbers are written.

Pure. A profile holds a `NarrativeSpec` (`Profile.narrative`); its chapters name their builders, as tables do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..domain.choices import PassagePoint
from ..domain.money import Unit

if TYPE_CHECKING:
    from .document import Block, Chart, SheetKind
    from .narrator import Narrator


@dataclass(frozen=True, kw_only=True)
class Style:
    """How figures and changes are written. Places are decimals; a template is explained in `templates`."""

    unit: Unit = Unit.WAN
    places: int = 2
    separators: bool = False
    """Thousands separators: 6,931.33."""
    keep_zeros: bool = False
    """Whether 6,624.90 keeps its last zero."""
    share_places: int = 2
    rate_places: int = 2
    keep_rate_zeros: bool = False
    list_zero: bool = True
    """Whether an item of a list is named when it has no money."""
    more: str = "增加"
    less: str = "减少"
    same: str = "持平"
    up: str = "增长"
    down: str = "下降"
    above: str = "大于"
    below: str = "小于"
    before: str = "{last_year}年预算"
    """What a change is measured against."""
    changed: str = "比{before}{direction}{amount}[，{way}{rate}]"
    unchanged: str = "与{before}{direction}"


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One heading with what stands below it: the blocks of ``build``, the ``chart``, then ``chapters``.

    Without a ``title`` it has no heading of its own. It is left out if nothing stands below it. ``wording`` replaces
    templates of the builder, by name; ``options`` is what else the builder lets a locality choose; ``style`` is what
    differs from the locality's `Style`, by field. ``key`` begins the keys of its sentences and never changes.

    The passages that departments add at ``point`` stand behind the chapter's own blocks; each point is that of one
    chapter. No department rewords the sentences of a chapter that ``is_fixed``. Without anything in a chapter that
    ``needs`` an object (`Address.object`: duties) the text is incomplete; that is what has to be filled in. At a chapter
    with ``sheets`` those tables and forms stand in the documents.
    """

    key: str
    title: str = ""
    build: Callable[[Narrator], Iterable[Block]] | None = None
    chapters: tuple[Chapter, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    style: Mapping[str, Any] = field(default_factory=dict)
    chart: Callable[[Narrator], Chart | None] | None = None
    sheets: SheetKind | None = None
    point: PassagePoint | None = None
    is_fixed: bool = False
    needs: str = ""
    note: str = ""
    """What the bureau adds behind the chapter's own blocks, a paragraph for each line."""


@dataclass(frozen=True, kw_only=True)
class NarrativeSpec:
    """``numbering`` has a pattern for each level of heading, the outermost first: ``第{}部分 ``, ``{}、``.

    ``{}`` stands for a Chinese numeral, ``{n}`` for digits. ``level`` is the word of the level of government (区级).
    """

    title: str
    chapters: tuple[Chapter, ...]
    style: Style = Style()
    numbering: tuple[str, ...] = ("{}、", "（{}）", "{n}.", "（{n}）")
    item_numbers: str = "（{}）"
    level: str = "区级"
