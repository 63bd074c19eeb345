"""Makes every document of every locality and draws its pages, to be looked at: `make look`.

Workbook, full text and papers go through LibreOffice, and all of them through poppler; the pictures are contact sheets
of pages in ``look/``. Nothing is asserted: what an office would not accept, a person sees.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

import django
from PIL import Image

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from budgets.domain.dossier import Dossier  # noqa: E402
from budgets.domain.profile import profile_keys  # noqa: E402
from budgets.exchange.exporting import cover_lines  # noqa: E402
from budgets.renderers import docx, pdf, xlsx  # noqa: E402
from tests.catalogue import variants  # noqa: E402
from tests.manuscripts import booklet_of  # noqa: E402

ROOT = Path(__file__).parents[1]
OUT = ROOT / "look"
DOCS = ROOT / "docs"
PROGRAMS = {"soffice": "libreoffice-calc libreoffice-writer", "pdftoppm": "poppler-utils"}
DPI, COLUMNS, ROWS = 60, 4, 2
GAP = 12
SHOWN = (1, 2, 4, 6, 14, 28)
"""Pages of a budget that stand in the documentation: cover, contents, text, charts, a table, a form."""

REPORTS = {
    "dongxihu_2023": variants.printed_000,
    "wuchang_2022": variants.mended_001,
    "dongxihu_final_2024": variants.mended_004,
    "wuchang_final_2022": lambda: _in_profile(variants.mended_004(), "wuchang_final_2022"),
}


@dataclass(frozen=True)
class Made:
    """A file to be looked at."""

    name: str
    content: bytes


def _in_profile(report: Dossier, profile: str) -> Dossier:
    return replace(report, header=replace(report.header, profile=profile))


def documents() -> Iterator[Made]:
    """The documents of each locality. Raises KeyError for a locality without a report here."""
    for profile in profile_keys():
        report = REPORTS[profile]()
        whole = booklet_of(report)
        yield Made(f"{profile}.pdf", pdf.render(whole.manuscript))
        yield Made(f"{profile}.docx", docx.render(whole.manuscript))
        yield Made(f"{profile}.xlsx", xlsx.render(whole.sheets, title=whole.title, cover=cover_lines(report)))


def look() -> None:
    lacking = [packages for program, packages in PROGRAMS.items() if not shutil.which(program)]
    if lacking:
        sys.exit(f"请先安装：apt install {' '.join(lacking)}")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    with tempfile.TemporaryDirectory(prefix="look-") as folder:
        for made in documents():
            path = Path(folder, made.name)
            path.write_bytes(made.content)
            pages = draw(as_pdf(path), Path(folder))
            for number, sheet in enumerate(contact_sheets(pages), 1):
                sheet.save(OUT / f"{path.stem}-{path.suffix[1:]}-{number:02}.png")
            if made.name == "dongxihu_2023.pdf":
                shown = [pages[page - 1] for page in SHOWN if page <= len(pages)]
                _sheet(shown, len(shown) // 2).quantize(64).save(DOCS / "document.png", optimize=True)
            print(f"{made.name}  {len(pages)} 页  {len(made.content) // 1024} KB")
    print(f"图片在 {OUT}")


def as_pdf(path: Path) -> Path:
    if path.suffix == ".pdf":
        return path
    out = path.with_name(f"{path.stem}-{path.suffix[1:]}")
    profile = f"-env:UserInstallation={path.parent.as_uri()}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return out / f"{path.stem}.pdf"


def draw(path: Path, folder: Path) -> list[Image.Image]:
    pictures = Path(tempfile.mkdtemp(dir=folder))
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", str(path), str(pictures / "p")], check=True)
    return [Image.open(picture).convert("RGB") for picture in sorted(pictures.iterdir())]


def contact_sheets(pages: list[Image.Image]) -> Iterator[Image.Image]:
    size = COLUMNS * ROWS
    return (_sheet(pages[first : first + size], COLUMNS) for first in range(0, len(pages), size))


def _sheet(pages: list[Image.Image], columns: int) -> Image.Image:
    width, height = max(page.width for page in pages), max(page.height for page in pages)
    rows = ceil(len(pages) / columns)
    sheet = Image.new("RGB", ((width + GAP) * columns + GAP, (height + GAP) * rows + GAP), "#999999")
    for place, page in enumerate(pages):
        row, column = divmod(place, columns)
        sheet.paste(page, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return sheet


if __name__ == "__main__":
    look()
