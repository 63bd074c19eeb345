"""Static files in production: a module's imports lead to hashed names, so that no browser mixes two versions."""

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from config.profiles.common import EDITORS

STORAGE = {"staticfiles": {"BACKEND": "config.storage.ModuleStaticFilesStorage"}}
OUR_FOLDERS = "django.contrib.staticfiles.finders.FileSystemFinder"
PAGES = ("js/entry.js", "js/rewording.js", "js/section.js", "js/waiting.js")
"""The modules that pages load."""

EDITED = sorted({script for editor in EDITORS.values() for script in editor.scripts})
"""Those that they load for what they edit."""

IMPORT = re.compile(r"""(?<!["'`])\b(?:from|import)\s*\(?\s*["'`]([^"'`\n]+)["'`]""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.js")


def collect(root: Path, **more: object) -> dict[str, str]:
    """Collects into ``root``; answers the hashed name of every file."""
    with override_settings(STATIC_ROOT=str(root), STORAGES={**settings.STORAGES, **STORAGE}, **more):
        call_command("collectstatic", interactive=False, verbosity=0)
    return json.loads((root / "staticfiles.json").read_text(encoding="utf-8"))["paths"]


def collect_modules(root: Path, modules: dict[str, str]) -> dict[str, str]:
    """The same of modules that are given by name and source."""
    (root / "written" / "js").mkdir(parents=True)
    for name, source in modules.items():
        (root / "written" / "js" / name).write_text(source, encoding="utf-8")
    names = collect(
        root / "collected", STATICFILES_DIRS=[root / "written"], STATICFILES_FINDERS=[OUR_FOLDERS]
    )
    return {name.removeprefix("js/"): hashed.removeprefix("js/") for name, hashed in names.items()}


def imports(root: Path, name: str) -> Iterator[str]:
    """What a module imports, as names below ``root``."""
    source = re.sub(
        r"^\s*(?://|\*|/\*).*$", "", (root / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    for url in IMPORT.findall(source):
        assert url.startswith("."), f"{name} imports {url}"
        yield normpath((PurePosixPath(name).parent / url).as_posix())


def reached(root: Path, start: str) -> set[str]:
    """The module and all that it imports, themselves or through others."""
    found, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imports(root, name)
    return found


# --- as it is deployed ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """All that is served in production."""
    root = tmp_path_factory.mktemp("staticfiles")
    return root, collect(root)


def test_every_import_of_a_collected_module_leads_to_a_hashed_file(collected) -> None:
    root, names = collected
    modules = {
        hashed for name, hashed in names.items() if re.match(r"js/.*\.js|vendor/idiomorph/.*\.js", name)
    }
    assert {names[page] for page in PAGES} < modules
    found = {(module, target) for module in modules for target in imports(root, module)}
    assert {target for _, target in found} >= {
        names["js/grid.js"],
        names["vendor/idiomorph/idiomorph.esm.js"],
    }
    assert [(m, t) for m, t in found if not HASHED.search(t) or not (root / t).is_file()] == []
    assert {target for _, target in found} <= set(names.values())


@pytest.mark.parametrize("first", [*PAGES, *EDITED])
def test_a_page_loads_the_modules_that_it_is_written_with(collected, first: str) -> None:
    root, names = collected
    written = reached(settings.BASE_DIR / "static", first)
    assert reached(root, names[first]) == {names[name] for name in written}


def test_pages_load_no_other_modules() -> None:
    templates = [
        path.read_text(encoding="utf-8") for path in settings.BASE_DIR.glob("**/templates/**/*.html")
    ]
    loaded = {
        name for text in templates for name in re.findall(r'type="module" src="{% static "([^"]+)"', text)
    }
    assert loaded == set(PAGES)


# --- every way to import ----------------------------------------------------------------------------

WAYS = {
    "of_names": 'import { one, two } from "./leaf.js";',
    "over_lines": 'import {\n  one,\n  two,\n} from "./leaf.js";',
    "of_all": 'import * as leaf from "./leaf.js";',
    "of_the_default": 'import leaf from "./leaf.js";',
    "for_its_effect": 'import "./leaf.js";\nimport { one } from "./leaf.js";',
    "through_the_folder_above": 'import { one } from "../js/leaf.js";',
    "passed_on": 'export { one } from "./leaf.js";\nexport * from "./leaf.js";',
    "when_needed": 'addEventListener("click", () => import("./leaf.js"));',
}


def test_every_way_to_import_is_rewritten(tmp_path: Path) -> None:
    leaf = "export const one = 1;\nexport const two = 2;\nexport default one;\n"
    names = collect_modules(tmp_path, {"leaf.js": leaf, **{f"{way}.js": text for way, text in WAYS.items()}})
    for way, source in WAYS.items():
        text = (tmp_path / "collected" / "js" / names[f"{way}.js"]).read_text(encoding="utf-8")
        assert text == source.replace("leaf.js", names["leaf.js"]), way


def test_a_changed_module_renames_all_that_import_it_however_deep(tmp_path: Path) -> None:
    """Each imports the next one of the alphabet, the order in which files are collected."""
    chain = {
        f"{name}.js": f'import "./{after}.js";\n'
        for name, after in zip("abcdefghijk", "bcdefghijkl", strict=True)
    }
    before = collect_modules(
        tmp_path / "before", {**chain, "l.js": "export const said = 1;\n", "other.js": "\n"}
    )
    after = collect_modules(
        tmp_path / "after", {**chain, "l.js": "export const said = 2;\n", "other.js": "\n"}
    )
    assert {name for name in before if before[name] != after[name]} == {*chain, "l.js"}
    assert len(reached(tmp_path / "after" / "collected", f"js/{after['a.js']}")) == len(chain) + 1


def test_modules_that_import_each_other_are_not_collected(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="passes exceeded"):
        collect_modules(tmp_path, {"a.js": 'import "./b.js";\n', "b.js": 'import "./a.js";\n'})
