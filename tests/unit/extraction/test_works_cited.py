"""What a page says of another work, or of its publisher, is not said of its own authors and date."""

from __future__ import annotations

import pytest

from newswire.extraction import extract_page

_TEXT = "<p>" + "The bridge over the river was opened on Monday after two years of work. " * 6 + "</p>"


def _page(head: str, body: str) -> bytes:
    return (
        f"<html><head>{head}</head><body><article><h1>The bridge is open again</h1>{body}{_TEXT}</article></body></html>"
    ).encode()


@pytest.mark.parametrize("relation", ["citation", "isBasedOn", "mentions"])
def test_the_authors_and_dates_of_a_cited_work_are_not_the_piece_s(relation: str) -> None:
    own = '<div itemscope itemtype="https://schema.org/Article"><span itemprop="author">Anna Smith</span>'
    cited = (
        f'<div itemprop="{relation}" itemscope itemtype="https://schema.org/ScholarlyArticle">'
        '<meta itemprop="author" content="Carl Reed, Dora Miles"><meta itemprop="datePublished" content="1998-05-06"></div>'
    )
    piece = extract_page(_page("", f"{own}{cited}</div>"), "https://paper.example/bridge")
    assert piece.authors == ("Anna Smith",)
    assert piece.published_at is None


@pytest.mark.parametrize("name", ["Deutsche Warte (www.warte.example)", "Deutsche Warte"])
def test_the_declared_publisher_is_no_author(name: str) -> None:
    head = f'<meta name="publisher" content="{name}"><meta name="author" content="{name}">'
    assert extract_page(_page(head, ""), "https://dw.example/bridge").authors == ()


@pytest.mark.parametrize("lead", ["Erstellt von", "Verfasst von", "Veröffentlicht von", "Von"])
def test_german_words_before_the_author(lead: str) -> None:
    body = f'<span class="author">{lead} Anna Schmidt</span>'
    assert extract_page(_page("", body), "https://paper.example/bridge").authors == ("Anna Schmidt",)
