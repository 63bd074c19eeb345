"""A Word document as somebody changed it."""

from __future__ import annotations

import zipfile
from io import BytesIO


def replaced(content: bytes, *changes: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """The document with each first text replaced by the second, once, in one of its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text = data.decode()
                for old, new in changes:
                    assert old in text, old
                    text = text.replace(old, new, 1)
                data = text.encode()
            target.writestr(name, data)
    return out.getvalue()
