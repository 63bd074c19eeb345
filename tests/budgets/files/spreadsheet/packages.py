"""Spreadsheets of raw parts, written as other programs write them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


PADDING = {"docProps/noise.bin": random.Random(1).randbytes(100_000)}
"""A part that does not pack, so that the others may pack well."""


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet(rows: str, before: str = "", after: str = "", main: str = MAIN) -> str:
    """A sheet's XML with ``rows`` as they are."""
    return f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def package(
    *sheets: str | bytes,
    formats: Sequence[str | int] = (),
    texts: str = "",
    names: Sequence[str] = (),
    states: Mapping[int, str] | None = None,
    main: str = MAIN,
    relations: str = RELATIONS,
    is_1904: bool = False,
    more: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A package with those sheets. Style ``n`` (from 1) has the format ``formats[n - 1]``, or the built-in one of
    that number; style 0 is General. ``texts`` is the XML of shared texts.
    """
    titles = [names[n] if n < len(names) else f"页{n + 1}" for n in range(len(sheets))]
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{n}" state="{(states or {}).get(n - 1, "visible")}" r:id="s{n}"/>'
        for n, title in enumerate(titles, 1)
    )
    related = "".join(
        f'<Relationship Id="s{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}'
        f'<Relationship Id="a" Type="{relations}/styles" Target="styles.xml"/>'
        f'<Relationship Id="b" Type="{relations}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": _styles(formats, main),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
    }
    for n, data in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = data
    return zipped({**parts, **(more or {})})


def _styles(formats: Sequence[str | int], main: str) -> str:
    own = {code: 200 + n for n, code in enumerate(formats) if isinstance(code, str)}
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in own.items())
    used = "".join(f'<xf numFmtId="{own[code] if isinstance(code, str) else code}"/>' for code in formats)
    return (
        f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
