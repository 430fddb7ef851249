"""The regression gate of extraction: pages written for this project, in the habits of eleven languages, with what must
come out of each. `paragraphs` is the text in order (headings named in `with` may stand between), `without` must go.
"""

import json
from pathlib import Path

import pytest

from newswire.extraction import Extraction, extract_page

PAGES = Path(__file__).parents[2] / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def read(name: str) -> tuple[Extraction, dict]:
    expected = json.loads((PAGES / f"{name}.json").read_text())
    url = expected.get("url", f"https://outlet.example/2026/03/{name}.html")
    return extract_page((PAGES / f"{name}.html").read_bytes(), url), expected


def test_there_are_pages_for_every_kind_and_language():
    assert len(NAMES) >= 20
    assert {read(name)[1]["kind"] for name in NAMES} >= {
        *("article", "consent", "challenge", "soft-404", "paywall", "login", "parked", "script-shell", "index"),
        *("stub", "video", "redirect"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_page(name):
    found, expected = read(name)
    assert found.kind == expected["kind"]
    assert (found.reason or None) == expected.get("reason")
    if "title" in expected:
        assert found.title == expected["title"]
    if "language" in expected:
        assert found.language == expected["language"]
    if "paywalled" in expected:
        assert found.paywalled is expected["paywalled"]
    if "authors" in expected:
        assert list(found.authors) == expected["authors"]
    if "published" in expected:
        assert (found.published_at and found.published_at.isoformat()) == expected["published"]
        assert found.published_source == expected.get("published_source")
    if "modified" in expected:
        assert (found.modified_at and found.modified_at.isoformat()) == expected["modified"]
    flags = {flag.name: flag.explanation for flag in found.quality_flags}
    if "state" in expected:
        assert flags["from-state"].endswith(f": {expected['state']}")
    else:
        assert "from-state" not in flags
    assert flags.keys() >= set(expected.get("flags", []))
    if "paragraphs" in expected:
        allowed = expected.get("with", [])
        assert [line for line in found.text.split("\n") if line not in allowed] == expected["paragraphs"]
        for heading in allowed:
            assert heading in found.text.split("\n")
        removed = " ".join(taken.line for taken in found.removed)
        for word in expected["without"]:
            assert word not in found.text
            assert word in removed or word in (PAGES / f"{name}.html").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_give_the_same_extraction(name):
    assert read(name)[0] == read(name)[0]
