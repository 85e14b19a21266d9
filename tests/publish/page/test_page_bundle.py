"""The modules of the page's script, and the one script that they become."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from kg.publish.page.render import bundle

SCRIPTS = {
    file.name.removesuffix(".js"): file.read_text(encoding="utf-8")
    for file in (resources.files("kg.publish.page") / "scripts").iterdir()
}


def exported(name: str) -> list[str]:
    return re.findall(r"^export const ([\w$]+) =", SCRIPTS[name], re.MULTILINE)


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_module_imports_what_is_there_and_uses_it(name: str) -> None:
    source = SCRIPTS[name]
    found = re.findall(r'^import \{([^}]*)\} from "\./([a-z]+)\.js";$', source, re.MULTILINE)
    assert len(found) == source.count("\nimport ") + source.startswith("import ")
    assert len(exported(name)) == len(re.findall(r"^export ", source, re.MULTILINE))
    for names, other in found:
        for each in re.findall(r"[\w$]+", names):
            assert each in exported(other), f"{each} is not in {other}.js"
            rest = source.replace(names, "", 1)
            assert re.search(rf"(?<![\w$])(?<!\w\.){re.escape(each)}(?![\w$])", rest), f"{each} is not used"


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_what_a_module_exports_is_wanted_elsewhere(name: str) -> None:
    others = "".join(
        names
        for other, source in SCRIPTS.items()
        for names, wanted in re.findall(r'^import \{([^}]*)\} from "\./([a-z]+)\.js";$', source, re.MULTILINE)
        if wanted == name and other != name
    )
    assert set(exported(name)) - set(re.findall(r"[\w$]+", others)) == set()


#: The scripts of the two pages, by the module that each begins with.
BUNDLES = {"main": sorted(set(SCRIPTS) - {"main", "ask", "editor"}), "ask": ["dom", "editor"]}


@pytest.mark.parametrize(("main", "name"), [(main, name) for main, names in BUNDLES.items() for name in names])
def test_a_module_comes_before_those_that_import_it(main: str, name: str) -> None:
    script = bundle(main)
    at = script.index(f"modules.{name} = ")
    assert f"= modules.{name};" not in script[:at]
    assert f"= modules.{name};" in script[at:]


@pytest.mark.parametrize("main", BUNDLES)
def test_nothing_makes_markup_of_text_and_one_place_asks_the_server(main: str) -> None:
    script = bundle(main)
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "XMLHttpRequest",
        "WebSocket",
    ):
        assert word not in script
    assert script.count("fetch(") == 1
