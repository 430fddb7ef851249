"""The door: hostile bytes, bounds, hints, and the specimen of a spun article with a stray headline."""

import hashlib
import html
import os
import time
from pathlib import Path

import pytest

from newswire.extraction import ExtractionError, PageKind, extract_page
from newswire.ledger import Reason
from newswire.pipeline.extract import content_columns
from newswire.text import fold

URL = "https://outlet.example/2026/03/harbour-wall.html"
TEXT = "The council of Larkport approved the budget for the harbour wall on Monday, after a debate of three hours. "
PAGE = f"<html lang=en><title>Harbour wall</title><body><article><h1>Harbour wall</h1><p>{TEXT * 2}</p></article>"
SHARED = Path(os.environ.get("NEWSWIRE_SHARED") or Path(__file__).parents[4] / "shared")


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", None, Reason.EMPTY),
        (b"  \n\t ", "text/html", Reason.EMPTY),
        (b"%PDF-1.7 ...", "text/html", Reason.NON_HTML),
        (b"\x89PNG\r\n\x1a\n", "text/html", Reason.NON_HTML),
        (b"<html></html>", "video/mp4", Reason.NON_HTML),
        (b'{"a": 1}', "application/json", Reason.NON_HTML),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "text/xml", Reason.NON_HTML),
        (b'<!-- cached --> <rss version="2.0"><channel/></rss>', "text/html", Reason.NON_HTML),
        (
            b'<?xml version="1.0"?><?xml-stylesheet href="a"?><rdf:RDF xmlns:rdf="x"></rdf:RDF>',
            "text/html",
            Reason.NON_HTML,
        ),
        (b'<?xml version="1.0"?><sitemapindex></sitemapindex>', "text/html", Reason.NON_HTML),
        (b'<?xml version="1.0"?><svg><text>A picture.</text></svg>', "text/html", Reason.NON_HTML),
        (b"(function(){var a=1;window.x=function(b){return b+a};})();", "text/html", Reason.NON_HTML),
        (b"<p>x</p>" * 2_000_000, "text/html", Reason.TOO_LARGE),
        (b"<html><body>" + b"<div>" * 100_000 + b"<p>deep</p>", "text/html", Reason.DEPTH),
    ],
)
def test_documents_that_cannot_be_handled_are_refused_with_a_reason(body, content_type, reason):
    started = time.process_time()
    with pytest.raises(ExtractionError) as refused:
        extract_page(body, URL, content_type)
    assert refused.value.reason == reason
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "body",
    [
        b"\x00\x01\x02" * 500,
        bytes(range(256)) * 40,
        b"<" * 20_000,
        b"<!--" + b"x" * 5_000,
        b"<html><body>" + b"<table><tr><td>" * 300 + b"text",
        b"<html><body>" + b"<a href=x>" * 5_000 + b"text",
        b"<html><body>" + b"<div>text " * 1_500 + TEXT.encode() * 20,
        b"<html><body>" + b"<ul><li>" * 800 + TEXT.encode() * 20,
        b"<html><body><p>" + b"<span>" * 1_900 + TEXT.encode() * 20,
        b"<p>" + b"&#x110000;&#0;&#xD800;" * 100,
        b"<html><head><script type='application/ld+json'>" + b"[" * 50_000,
        ("<p>" + "\U00100000\U0010fff0\U0010fff1" * 50 + TEXT * 5).encode(),
        ("<p>" + "\u202e" + TEXT * 3).encode("utf-16"),
    ],
)
def test_hostile_bytes_give_an_extraction_or_a_typed_error(body):
    try:
        found = extract_page(body, URL, "text/html")
    except ExtractionError:
        return
    assert not any(ord(char) >= 0x100000 for char in found.text)
    assert "\x00" not in found.text
    assert "\u202e" not in found.text


def test_an_article_comes_out_whole():
    found = extract_page(PAGE.encode(), URL, "text/html; charset=utf-8")
    assert (found.kind, found.reason) == (PageKind.ARTICLE, None)
    assert found.text == (TEXT * 2).strip()
    assert found.title == "Harbour wall"
    assert found.language == "en"
    assert found.word_count == len(found.text.split())
    assert found.content_hash == hashlib.sha256(fold(found.text).encode()).hexdigest()
    assert found.near_duplicate_key
    assert found.encoding == "utf-8"


def test_a_script_without_spaces_has_words_too():
    text = "市議会は月曜日、三時間の討論の末、港の防波堤の予算を承認した。" * 8
    page = f"<html lang=ja><title>防波堤の予算</title><body><article><h1>防波堤の予算</h1><p>{text}</p></article>"
    assert extract_page(page.encode(), URL, "text/html; charset=utf-8").word_count > 80


def test_dates_that_disagree_are_told_by_source_and_day():
    head = '<meta property="article:published_time" content="2024-05-17T09:00:00Z">'
    page = PAGE.replace("<title>", f"{head}<title>").replace(
        "<p>", '<time datetime="2024-05-02T09:00:00Z">early in May</time><p>'
    )
    found = extract_page(page.encode(), URL, "text/html; charset=utf-8")
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2024-05-17"
    assert found.published_conflict == ("time says 2024-05-02",)
    assert content_columns(found)["published_conflict"] == "time says 2024-05-02"


@pytest.mark.parametrize("tag", ["aside", "figure", "nav"])
def test_boxes_go_also_where_they_stand_in_one_another(tag):
    nested = f"<{tag}><p>Outer box.</p><{tag}><p>Inner box.</p></{tag}></{tag}>"
    later = f"<{tag}><p>{TEXT.replace('Larkport', 'Elsewhere')}</p></{tag}>"
    body = PAGE.replace("</article>", f"{nested}<p>{TEXT * 2}</p>{later}<p>{TEXT * 2}</p></article>")
    assert extract_page(body.encode(), URL).text == "\n".join([(TEXT * 2).strip()] * 3)


def test_a_title_that_nobody_closed_does_not_swallow_the_page():
    assert extract_page(PAGE.replace("</title>", "").encode(), URL).text.startswith("The council")


def test_text_for_machines_is_not_used_to_pass_a_paywall():
    data = '{"@type":"NewsArticle","isAccessibleForFree":%s,"articleBody":"%s"}'
    hidden = f'<script type="application/ld+json">{data}</script>'
    body = "<html><head>" + hidden + "</head><body><h1>Harbour wall</h1><p>Only a teaser.</p></body></html>"
    closed = extract_page((body % ("false", TEXT * 6)).encode(), URL)
    assert closed.kind == PageKind.PAYWALL
    assert TEXT.strip() not in closed.text
    assert "isAccessibleForFree is false" in closed.paywall_signs


@pytest.mark.parametrize("status", [404, 410])
def test_the_status_counts_where_the_page_is_silent(status):
    assert extract_page(b"<html><body><h1>Oops</h1></body></html>", URL, status=status).reason == Reason.SOFT_404


def test_the_specimen_loses_its_stray_line_and_is_flagged():
    specimen = SHARED / "data" / "specimen.txt"
    if not specimen.exists():
        pytest.skip(f"no specimen in {specimen} (set NEWSWIRE_SHARED)")
    lines = specimen.read_text().strip().split("\n")
    page = "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>"
    found = extract_page(page.encode(), URL)
    stray = next(line for line in lines if line.startswith("Hamas"))
    assert [taken.line for taken in found.removed] == [stray]
    assert found.text.split("\n") == [line for line in lines if line != stray]
    assert [flag.name for flag in found.quality_flags] == ["spun"]


@pytest.mark.parametrize("url", ["http://[::ffff:1.2.3/a", "http://[/", "", "\x00", "http://example.com:99999999/"])
def test_an_address_that_is_none_is_no_reason_to_fail(url: str) -> None:
    links = "".join(f'<li><a href="/news/{i}">A headline of the town council, number {i}</a></li>' for i in range(40))
    for body in (f"<html><body><ul>{links}</ul></body></html>", PAGE):
        found = extract_page(body.encode(), url, "text/html; charset=utf-8")
        assert found.kind
