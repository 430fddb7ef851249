"""Opening of pages that are made to cost time."""

import time

import pytest

from newswire.extraction.page import media_kind, open_page

URL = "https://outlet.example/2026/03/harbour-wall.html"


@pytest.mark.parametrize("attribute", ["data-a{n}='x'", 'a{n}="x"', "a{n}"])
def test_a_hundred_thousand_attributes_are_dropped(attribute):
    flood = " ".join(attribute.format(n=n) for n in range(100_000))
    began = time.process_time()
    root = open_page(f"<html><body><article {flood}><p>The wall.</p></article></body></html>".encode(), URL).root
    assert time.process_time() - began < 5
    assert root.findtext(".//article/p") == "The wall."


def test_long_values_stay():
    page = f"<html><body><img src='data:image/png;base64,{'A' * 50_000}=='><div class='{'c ' * 5_000}'>x</div></body></html>"
    root = open_page(page.encode(), URL).root
    assert root.find(".//img").get("src").endswith("==")
    assert root.find(".//div").get("class").startswith("c c")


@pytest.mark.parametrize("part", [b" ", b"\r\n", b"<!--a-->", b"<!--", b"<?a?>", b"<!doctype a>"])
def test_what_stands_before_the_root_costs_no_time(part):
    began = time.process_time()
    assert media_kind(part * 3_000 + b"The wall.", "text/html") is None
    assert media_kind(b"<?xml version='1.0'?>\n<!-- a --> <!-- b -->\n<rss>", "text/html") == "feed"
    assert time.process_time() - began < 1
