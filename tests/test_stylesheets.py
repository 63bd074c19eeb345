"""One set of CSS tokens: colours are named in tokens.css alone, what is used is declared, and text can be read."""

import re
from itertools import product
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "static" / "css"
TOKENS = FOLDER / "tokens.css"
SHEETS = sorted(FOLDER.glob("*.css"))

COLOUR = re.compile(r":[^;{}]*?(#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|lch)\()[^;{}]*;", re.I)
USED = re.compile(r"var\((--[\w-]+)")
DECLARED = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.M)
LEAST_CONTRAST = 4.5

TEXT = {
    "ink": ("paper", "shade", "accent-faint", "error-faint", "warning-faint", "done-faint"),
    "quiet": ("paper", "shade"),
    "accent": ("paper", "shade", "accent-faint"),
    "accent-dark": ("paper", "shade", "accent-faint"),
    "error": ("paper", "shade", "error-faint"),
    "warning": ("paper", "shade", "warning-faint"),
    "done": ("paper", "shade", "done-faint"),
    "print-ink": ("paper",),
}
"""The colours of text, each with the grounds on which it stands."""


def rules(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)


def tokens() -> dict[str, str]:
    return dict(DECLARED.findall(rules(TOKENS)))


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet != TOKENS], ids=lambda sheet: sheet.name
)
def test_colours_come_from_the_tokens(sheet: Path) -> None:
    assert [match[1] for match in COLOUR.finditer(rules(sheet))] == []


def test_what_is_used_is_declared_and_every_token_is_used() -> None:
    texts = [rules(sheet) for sheet in SHEETS]
    used = {name for text in texts for name in USED.findall(text)}
    declared = {name for text in texts for name, _ in DECLARED.findall(text)}
    assert used - declared == set()
    assert set(tokens()) - used == set()


def test_the_accents_are_written_alike_for_bootstrap() -> None:
    """Bootstrap mixes a link's colour from its parts."""
    for name in ("accent", "accent-dark"):
        parts = [int(part) for part in tokens()[f"--{name}-rgb"].split(",")]
        assert "#" + bytes(parts).hex() == tokens()[f"--{name}"]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text, grounds in TEXT.items() for ground in grounds),
        *product(["paper"], ["accent", "accent-dark", "error", "quiet"]),
    ],
)
def test_text_can_be_read(text: str, ground: str) -> None:
    colours = tokens()
    lighter, darker = sorted((luminance(colours[f"--{name}"]) for name in (text, ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST
