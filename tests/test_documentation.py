"""What README.md and docs/ name exists: commands, options, targets, variables, files, people, the example."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
from django.core.management import get_commands, load_command_class

from budgets.disclosure.manifest import DIGESTED, manifest_of, read_manifest
from budgets.exchange.importing import check_document
from budgets.exchange.schema import exchange_schema
from budgets.management.commands import load_samples
from budgets.storage.sections import project_parts, report_parts

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXCHANGE = ROOT / "docs" / "exchange.md"
DEPLOYING = ROOT / "docs" / "deploying.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))

WHERE_THE_OTHERS_ARE = {"ENV_FILE"}
"""Read before the file of variables, so it cannot stand in it."""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code(path: Path) -> Iterator[str]:
    """What a page sets as code: spans, and the lines of indented and fenced blocks."""
    text = read(path)
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"^    (.+)$", text, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", text)


def commands() -> Iterator[tuple[str, str]]:
    """(name, what follows it) of every management command that is named with arguments or without."""
    for page in PAGES:
        for fragment in code(page):
            yield from re.findall(r"manage\.py ([a-z_]+)(.*)", fragment)
    yield from re.findall(r"^\| `([a-z]+_[a-z]+)([^`]*)` \|", read(README), re.MULTILINE)


def variables_in_example() -> list[str]:
    return re.findall(r"^#?([A-Z][A-Z_]+)=", read(ROOT / ".env.example"), re.MULTILINE)


def test_management_commands_and_their_options() -> None:
    known = get_commands()
    named = set(commands())
    assert {name for name, _ in named} <= known.keys()
    for name, rest in named:
        app = known[name]
        command = app if not isinstance(app, str) else load_command_class(app, name)
        options = command.create_parser("manage.py", name)._option_string_actions
        for option in re.findall(r"(?<!\S)\[?(--[a-z-]+)", rest):
            assert option in options, f"{name} {option}"


def test_every_command_of_ours_is_described() -> None:
    ours = {name for name, app in get_commands().items() if app in ("budgets", "performance")}
    described = set(re.findall(r"^\| `([a-z_]+)", read(README), re.MULTILINE))
    assert ours == described


def test_make_targets() -> None:
    targets = set(re.findall(r"^([a-z][a-z -]*):(?!=)", read(ROOT / "Makefile"), re.MULTILINE))
    targets = {name for names in targets for name in names.split()}
    named = {
        name
        for page in PAGES
        for fragment in code(page)
        for name in re.findall(r"(?:^|\bbudget )make ([a-z-]+)", fragment)
    }
    assert {"run", "test", "bench", "install"} <= named
    assert named <= targets


def test_variables() -> None:
    """`.env.example` lists what the settings read, no more, and the table of variables has each of them."""
    settings = read(ROOT / "config" / "settings.py")
    wanted = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings))
    wanted |= set(re.findall(r"environ\.get\(\s*\"([A-Z_]+)\"", settings))
    listed = variables_in_example()
    assert len(listed) == len(set(listed))
    assert set(listed) == wanted - WHERE_THE_OTHERS_ARE
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", read(DEPLOYING), re.MULTILINE)) == set(listed)


def test_the_pages_that_nginx_answers_with() -> None:
    (site,) = re.findall(r"^```nginx\n(.*?)^```", read(DEPLOYING), re.MULTILINE | re.DOTALL)
    pages = re.findall(r"error_page [\d ]+ /(\S+);", site)
    assert pages
    assert [page for page in pages if not (ROOT / page).is_file()] == []
    # On HTTP/2 nginx looks at the size once more where the page is, and without this answers with one of its own.
    (location,) = re.findall(r"location /static/errors/ \{(.*?)\}", site, re.DOTALL)
    assert "client_max_body_size 0;" in location


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.name)
def test_links_pictures_and_paths(source: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", read(source))
    assert [target for target in targets if not (source.parent / target).is_file()] == []
    paths = re.findall(r"`((?:budgets|performance|config|tests|docs)/[\w./-]*)`", read(source))
    assert [path for path in paths if not (ROOT / path).exists()] == []


PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


def test_every_picture_is_shown_and_small() -> None:
    pictures = sorted((ROOT / "docs").glob("*.png"))
    texts = [README, *(ROOT / "docs").glob("*.md")]
    shown = [text.parent / path for text in texts for path in PICTURE.findall(read(text))]
    assert set(pictures) == set(shown)
    assert all(picture.stat().st_size < 250_000 for picture in pictures)


def test_people_of_the_samples() -> None:
    text = read(README)
    assert f"`{load_samples.PASSWORD}`" in text
    for prefix in load_samples.PREFIXES.values():
        for name, role in load_samples.USERS:
            assert re.search(rf"^\| {role.label} \|.*`{prefix}{name}`", text, re.MULTILINE)


def test_the_examples_of_the_exchange_format_are_valid() -> None:
    examples = re.findall(r"^```json\n(.*?)^```", read(EXCHANGE), re.MULTILINE | re.DOTALL)
    *documents, manifest = [json.loads(example) for example in examples]
    assert [document["kind"] for document in documents] == ["budget", "final"]
    for document in documents:
        jsonschema.validate(document, exchange_schema())
        assert check_document(document).ledger.closing() == 0
    files = [SimpleNamespace(**file) for file in manifest["files"]]
    made = manifest_of(dict.fromkeys(DIGESTED) | {"dossier": manifest}, 1, files)
    assert read_manifest(json.dumps(manifest).encode()) == made | {"content": manifest["content"]}


def test_the_parts_of_the_exchange_format() -> None:
    (paragraph,) = re.findall(r"^\*\*Parts\*\*.*$", read(EXCHANGE), re.MULTILINE)
    whole, single = (re.findall(r"`([a-z_]+)`", half) for half in paragraph.split("Of each project"))
    profile = "dongxihu_2023"
    assert whole == sorted(whole, key=[part.key for part in report_parts(profile)].index)
    assert set(whole) == {part.key for part in report_parts(profile)}
    assert [name for name in single if name != "key"] == [part.key for part in project_parts(profile)]
