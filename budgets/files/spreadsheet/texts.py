"""Texts of cells without what nobody sees: escapes, format characters, several kinds of spaces."""

from __future__ import annotations

import re
from functools import lru_cache

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_JOINED = r"\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
"""What a joiner changes visibly: emoji, Arabic and Indic letters."""
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001]"
    rf"|(?<![{_JOINED}])[\u200c\u200d]"
    r"|(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"
)
"""Format characters (Cf) that draw nothing by themselves."""
_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " "})


SHORT = 200


def clean(text: str) -> str:
    """The text as it is seen; empty if nothing is."""
    return _remembered(text) if len(text) < SHORT else _clean(text)


def _clean(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        if _SURROGATE.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = _INVISIBLE.sub("", text.translate(_SPACES))
    return "" if text.isspace() else text


_remembered = lru_cache(maxsize=10_000)(_clean)
