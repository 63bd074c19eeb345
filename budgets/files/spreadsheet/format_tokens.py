"""The tokens of a number format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_QUOTED = r'"[^"]*"?'
_BRACKETED = r"\[[^\]]*\]?"
_SECTION = re.compile(rf"((?:{_QUOTED}|[\\!_*].?|{_BRACKETED}|[^;])*)(?:;|$)", re.DOTALL)
_TOKEN = re.compile(
    rf"""(?P<quoted>{_QUOTED})
    |[\\!](?P<escaped>.?)
    |_(?P<space>.?)
    |\*(?P<fill>.?)
    |(?P<bracket>{_BRACKETED})
    |(?P<general>General|G/通用格式)
    |(?P<half>上午/下午|AM/PM|A/P)
    |(?P<exponent>E[+-])
    |(?P<date>y+|m+|d+|h+|s+|e+|aaa+|bb+(?![0-9]))
    |(?P<unknown>g+|b[0-9]?|n)
    |(?P<digit>[0#?])
    |(?P<point>\.)
    |(?P<comma>,)
    |(?P<percent>%)
    |(?P<slash>/)
    |(?P<text>@)
    |(?P<literal>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]{1,8}))?[^\]]*\]?")
_NUMERALS = re.compile(r"DBNum([0-9])", re.IGNORECASE)
_CHINESE = frozenset({0x004, 0x404, 0x804, 0xC04, 0x1004, 0x1404})
LONG_DATE, LONG_TIME = 0xF800, 0xF400


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is that of the pattern, or ``elapsed`` or ``locale``; ``text`` is without quotes and brackets."""

    kind: str
    text: str

    @property
    def shown(self) -> str:
        """What it shows beside the value."""
        if self.kind in ("space", "fill"):
            return " " if self.kind == "space" or self.text == " " else ""
        if self.kind == "locale":
            return self.text.partition("-")[0]
        if self.kind in ("literal", "point", "comma", "percent", "slash", "half"):
            return self.text
        return ""


def sections_of(code: str) -> list[str]:
    """The sections of a format; at least one, which may be empty."""
    found, at = [], 0
    while match := _SECTION.match(code, at):
        found.append(match[1])
        at = match.end()
        if at == match.end(1):
            break
    return found


def tokens_of(section: str) -> list[Token]:
    return [_token(match) for match in _TOKEN.finditer(section)]


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "literal", match[0]
    if kind == "quoted":
        return Token("literal", text[1:].removesuffix('"'))
    if kind in ("escaped", "space", "fill"):
        return Token("literal" if kind == "escaped" else kind, match[kind])
    if kind != "bracket":
        return Token(kind, text)
    if _ELAPSED.fullmatch(text):
        return Token("elapsed", text[1:-1].lower())
    locale = _LOCALE.fullmatch(text)
    if locale:
        return Token("locale", f"{locale[1]}-{locale[2] or ''}")
    return Token("bracket", text[1:].removesuffix("]").strip())


class Tokens:
    """The tokens of a section, with what its brackets say."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.all = tokens
        self.kinds = {"date" if token.kind in ("elapsed", "half") else token.kind for token in tokens}
        codes = [token.text.partition("-")[2] for token in tokens if token.kind == "locale"]
        self.locale = next((int(code, 16) & 0xFFFF for code in codes if code), 0)
        if self.locale in (LONG_DATE, LONG_TIME):
            self.kinds.add("date")
        said = (_NUMERALS.fullmatch(token.text) for token in tokens if token.kind == "bracket")
        self.numerals = next((int(found[1]) for found in said if found), 0)
        """The number of DBNum: 1 for 一二三, 2 for 壹贰叁."""

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    @property
    def are_known(self) -> bool:
        return "unknown" not in self.kinds

    @property
    def is_chinese(self) -> bool:
        return self.locale in _CHINESE
