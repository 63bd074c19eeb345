"""Characters that nobody sees, and texts for comparison. Pure."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|(?<![\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
"""Marks of format. A joiner behind an emoji or a letter that it changes is visible, and is none."""


def visible(text: str) -> str:
    """The text without the marks of format that pages and spreadsheets put into what people copy."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """The visible text with letters, digits, signs and blanks in half width. ``5²`` and ``①`` stay what they are."""
    if unicodedata.is_normalized("NFKC", text):
        return visible(text)
    return "".join(
        char if unicodedata.category(char) == "No" else unicodedata.normalize("NFKC", char)
        for char in visible(text)
    )


def packed(text: str) -> str:
    """The text for comparison: half width, without blanks and marks of format."""
    said = "".join(unicodedata.normalize("NFKC", text).split())
    if said.isprintable():  # Marks of format are not.
        return said
    return "".join("".join(char for char in said if unicodedata.category(char) != "Cf").split())
