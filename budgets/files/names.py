"""Names of uploaded files, made harmless."""

from __future__ import annotations

import re
import unicodedata

from ..domain.types import FORBIDDEN

_UNSAFE = re.compile(r'[\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


def harmless_name(given: str) -> str:
    """The name without folders, control characters and characters that reorder text; may be empty."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    return _UNSAFE.sub("", FORBIDDEN.sub("", name)).replace("\n", "").replace("\t", " ")
