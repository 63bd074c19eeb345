"""Read the worksheets of an xlsx package."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from ..office import CHUNK, DAMAGED, MAIN, PackageRefused, check_package
from .cells import Book, SpreadsheetRefused
from .collecting import Budget, Collector
from .formats import BUILT_IN, NumberFormat, format_of
from .markup import Attributes, NotXml, Reader, is_true
from .names import Names
from .plain import Around, NotPlain, read_plain, without_entities
from .sheet_xml import DAMAGED as IS_DAMAGED
from .sheet_xml import SheetCells, as_number, read_sheet
from .texts import clean

WORKBOOK = MAIN["xlsx"]
MOST_SHEETS = 1000
_RELATIONS = frozenset(
    {
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "",
    }
)
_ID = re.compile(
    r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/officeDocument/(?:2006/)?relationships id"
)
_TEXT = re.compile(
    r'\s*+<(?:si>\s*<t(?:/>|(?: xml:space="preserve")?>([^<]*)</t>)\s*</si>|(/sst\s*>))|(\s*+[\s\S]?)'
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    is_hidden: bool


def read_xlsx(content: bytes) -> Book:
    """Raises `SpreadsheetRefused`."""
    try:
        check_package(content, "xlsx")
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _Package(archive).book()
    except PackageRefused as refused:
        raise SpreadsheetRefused(refused.message) from refused
    except (NotXml, *DAMAGED) as error:
        raise SpreadsheetRefused(IS_DAMAGED) from error


class _Package:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {_normal(entry.filename): entry.filename for entry in archive.infolist()}
        self.sheets: list[Listed] = []
        self.is_1904 = False
        self.parts: dict[str, tuple[str, str]] = {}
        """The type and the path of related parts by their ids."""

    def book(self) -> Book:
        Reader(self._in_workbook).read(self.pieces(WORKBOOK))
        if len(self.sheets) > MOST_SHEETS:
            raise SpreadsheetRefused(f"工作簿的页过多，最多 {MOST_SHEETS} 页，请只留要导入的页")
        folder, name = posixpath.split(WORKBOOK)
        Reader(self._in_relations, spaces=_RELATIONS).read(self.pieces(f"{folder}/_rels/{name}.rels"))
        of_type = dict(self.parts.values())
        texts = _texts(self, of_type["sharedStrings"]) if "sharedStrings" in of_type else []
        styles = _styles(self, of_type["styles"]) if "styles" in of_type else []
        budget, names = Budget(), Names()
        found = []
        for listed in self.sheets:
            type, path = self.parts.get(listed.relation, ("", ""))
            if type != "worksheet":
                continue
            name = names.unique(listed.name)
            sheet = Collector(name, budget, listed.is_hidden)
            read_sheet(partial(self.pieces, path), SheetCells(sheet, texts, styles, self.is_1904))
            found.append(sheet.sheet())
        if not found:
            raise SpreadsheetRefused("文件里没有工作表")
        return Book(found)

    def pieces(self, path: str) -> Iterator[bytes]:
        """The content of a part. Raises `NotXml` if there is none."""
        name = self.names.get(_normal(path))
        if name is None:
            raise NotXml
        with self.archive.open(name) as file:
            while piece := file.read(CHUNK):
                yield piece

    def _in_workbook(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if _ID.fullmatch(key)), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(Listed(clean(attributes.get("name", "")).strip(), relation, is_hidden))
        elif name == "workbookPr":
            self.is_1904 = is_true(attributes.get("date1904"))

    def _in_relations(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        path = target if target.startswith("/") else f"{posixpath.dirname(WORKBOOK)}/{target}"
        type = attributes.get("Type", "").rpartition("/")[2]
        self.parts[attributes.get("Id", "")] = (type, posixpath.normpath(path))


def _normal(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


# --- texts ----------------------------------------------------------------------------------------


def _texts(package: _Package, path: str) -> list[str]:
    """The shared texts, blank ones empty."""
    found: list[str] = []
    try:
        read_plain(
            package.pieces(path), Around("sst", lambda name, attributes: None), partial(_read_texts, found)
        )
    except NotPlain:
        found.clear()
        _TextReader(found).reader.read(package.pieces(path))
    return found


def _read_texts(found: list[str], text: str) -> tuple[int, bool]:
    """Read whole texts, as `read_plain` has it."""
    at = 0
    for match in _TEXT.finditer(text):
        said, end, gap = match.groups()
        if gap is not None:
            break
        at = match.end()
        if end is not None:
            return at, True
        found.append(clean(without_entities(said or "")))
    return at, False


class _TextReader:
    """Joins the runs of every text, without the phonetic ones."""

    def __init__(self, found: list[str]) -> None:
        self.found = found
        self.runs: list[str] = []
        self.is_text = False
        self.phonetic = 0
        self.reader = Reader(self.start, self.end, self.text)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.runs = []
        elif name == "rPh":
            self.phonetic += 1
        elif name == "t":
            self.is_text = not self.phonetic

    def end(self, name: str) -> None:
        if name == "t":
            self.is_text = False
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "si":
            self.found.append(clean("".join(self.runs)))

    def text(self, text: str) -> None:
        if self.is_text:
            self.runs.append(text)


# --- styles ---------------------------------------------------------------------------------------


def _styles(package: _Package, path: str) -> list[NumberFormat | None]:
    """The formats of cells by style; None for those that show plain digits and texts."""
    reader = _StyleReader()
    Reader(reader.start, reader.end).read(package.pieces(path))
    return [reader.format(number) for number in reader.styles]


class _StyleReader:
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self.inside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        around = self.inside[-1] if self.inside else ""
        self.inside.append(name)
        number = as_number(attributes.get("numFmtId", ""))
        known = number if isinstance(number, int) else 0
        if name == "numFmt" and around == "numFmts":
            self.codes[known] = attributes.get("formatCode", "")
        elif name == "xf" and around == "cellXfs":
            self.styles.append(known)

    def end(self, name: str) -> None:
        self.inside.pop()

    def format(self, number: int) -> NumberFormat | None:
        return format_of(self.codes.get(number) or BUILT_IN.get(number, ""))
