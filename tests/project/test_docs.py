"""The pages lead where they say, and say only what is there."""

import re

import pytest
import yaml

from tests.project.tables import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
SCREENSHOTS = DOCS / "images"


def _targets(page):
    """Files the page links to; addresses on the web are nobody's promise here."""
    links = [link for link, _anchor in LINK.findall(page.read_text(encoding="utf-8"))]
    return [(page.parent / link).resolve() for link in links if "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Each relative link should lead to a file of the repository."""
    assert [target for target in _targets(page) if not target.exists()] == []


def test_every_page_is_in_the_index():
    """Each page of docs/ should be reachable from its index in one step."""
    index = DOCS / "README.md"
    assert [page for page in PAGES if DOCS in page.parents and page != index] == sorted(
        {target for target in _targets(index) if DOCS in target.parents and target.suffix == ".md"}
    )


def test_paths_in_back_quotes_exist():
    """A path of the repository in back quotes should exist (patterns and var/ are left out)."""
    start = r"(?:src|tests|docs|deploy|frontend|media|bench)/"
    missing = [
        f"{page.relative_to(ROOT)}: {path}"
        for page in PAGES
        for path in re.findall(rf"`({start}[\w./-]+)`", page.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]
    assert missing == []


def test_every_stage_is_explained():
    """CONTRIBUTING should name exactly the stages of `./test`."""
    stages = set(
        re.findall(r"^stage ([\w-]+)", (ROOT / "test").read_text(encoding="utf-8"), re.MULTILINE)
    )
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    assert {name for cell in listed for name in re.findall(r"`([\w-]+)`", cell)} == stages


def test_publiccode_is_complete():
    """`publiccode.yml` should hold what version 0 of the standard demands."""
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert str(data["publiccodeYmlVersion"]).startswith("0")
    assert {"name", "url", "platforms", "developmentStatus", "softwareType"} <= set(data)
    assert data["legal"]["license"] == "Apache-2.0"
    assert {"type", "contacts"} <= set(data["maintenance"])
    assert set(data["localisation"]) == {"localisationReady", "availableLanguages"}
    for text in data["description"].values():
        assert 0 < len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
