"""What people do at a section, as data: drawn by hypothesis, printed when a walk fails, read again to replay it.

``cell`` and ``row`` are counted over what the page offers at that moment, modulo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

FAULTS = ("late", "late answer", "lost", "lost answer")
"""What becomes of a question: it waits on the way, its answer does, it never arrives, its answer never does."""


@dataclass(frozen=True)
class Type:
    """Into a cell that was come to by ``how``; ``release``: what was held arrives in the middle of it."""

    cell: int
    text: int
    how: str = "click"
    leave: str = ""
    release: bool = False


@dataclass(frozen=True)
class Compose:
    """With an input method; ``then`` happens while it composes."""

    cell: int
    then: str = ""


@dataclass(frozen=True)
class Paste:
    cell: int
    rows: int = 1


@dataclass(frozen=True)
class Row:
    verb: str
    row: int


@dataclass(frozen=True)
class Travel:
    """Undo or redo."""

    key: str = "z"


@dataclass(frozen=True)
class Pause:
    """Long enough for a draft; ``fault`` befalls it."""

    fault: str = ""


@dataclass(frozen=True)
class Save:
    how: str = "keys"
    fault: str = ""


@dataclass(frozen=True)
class Release:
    """What was held on its way arrives."""


@dataclass(frozen=True)
class Mend:
    """What was refused is corrected."""


@dataclass(frozen=True)
class Line:
    """The network is lost, or there again."""

    is_on: bool


@dataclass(frozen=True)
class Expire:
    """The session ends."""


@dataclass(frozen=True)
class SignIn:
    """In another window."""


@dataclass(frozen=True)
class Go:
    """The page goes away by ``way`` and is opened again; ``goes_on``: with the draft, where there is one."""

    way: str
    goes_on: bool = True


@dataclass(frozen=True)
class Continue:
    """接着填写, where the page offers it."""


@dataclass(frozen=True)
class Unit:
    """The other unit."""


@dataclass(frozen=True)
class SecondTab:
    """The same person types and saves in another tab."""

    cell: int
    text: int


@dataclass(frozen=True)
class Other:
    """Another person saves a field, or a row more."""

    cell: int
    adds: bool = False


Step = Any
KINDS = {
    kind.__name__: kind
    for kind in (
        *(Type, Compose, Paste, Row, Travel, Pause, Save, Release, Mend, Line, Expire, SignIn, Go, Continue),
        *(Unit, SecondTab, Other),
    )
}

_some = st.integers(0, 40)
_texts = st.integers(0, 6)
_faults = st.sampled_from(("", "", "", *FAULTS))

typing = st.builds(
    Type,
    cell=_some,
    text=_texts,
    how=st.sampled_from(("click", "click", "f2", "keys")),
    leave=st.sampled_from(("", "Enter", "Tab")),
    release=st.booleans(),
)
saving = st.builds(Save, how=st.sampled_from(("keys", "button")), fault=_faults)
rare = st.one_of(
    st.builds(Compose, cell=_some, then=st.sampled_from(("", "save", "release", "pause"))),
    st.builds(Paste, cell=_some, rows=st.integers(1, 3)),
    st.builds(Row, verb=st.sampled_from(("add", "duplicate", "up", "down", "delete", "restore")), row=_some),
    st.builds(Row, verb=st.sampled_from(("duplicate", "down", "delete", "restore")), row=_some),
    st.builds(Travel, key=st.sampled_from(("z", "z", "y"))),
    st.builds(Pause, fault=st.sampled_from(("", "", *FAULTS))),
    st.builds(Release),
    st.builds(Mend),
    st.builds(Line, is_on=st.booleans()),
    st.one_of(st.builds(Expire), st.builds(SignIn)),
    st.builds(Go, way=st.sampled_from(("reload", "link", "crash")), goes_on=st.booleans()),
    st.one_of(st.builds(Continue), st.builds(Unit)),
    st.builds(SecondTab, cell=_some, text=_texts),
    st.builds(Other, cell=_some, adds=st.booleans()),
)
walks = st.lists(st.one_of(typing, typing, saving, rare, rare, rare), min_size=15, max_size=24).filter(
    lambda steps: len({type(step) for step in steps}) > 4
)


def replayed(text: str) -> list[Step]:
    """The steps that a failing walk printed."""
    return list(eval(text, {"__builtins__": {}}, dict(KINDS)))
