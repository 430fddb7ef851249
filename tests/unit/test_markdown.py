"""Foreign text inside Markdown stays text, whatever it is: checked with a CommonMark parser that allows HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.markdown import link, literal, literal_paragraphs
from newswire.text import one_line

markdown_it = pytest.importorskip("markdown_it")
PARSER = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![pixel](https://t.example/p.png)",
    "<https://t.example/>",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "```\ncode\n```",
    "    code",
    "| a | b |\n|---|---|",
    "**bold** _em_ ~~gone~~ `code`",
    "&lt;script&gt; &copy; &#60;",
    "\\<b>\\\\<i>",
    "---",
    "[a]: https://t.example/",
    "{{ var.value.secret }} {% raw %}",
]


def shown(markdown: str) -> tuple[set[str], str]:
    """The kinds of tokens that a text becomes, and its words as they are shown."""
    kinds, words = set(), ""
    for token in PARSER.parse(markdown):
        kinds.add(token.type)
        for child in token.children or ():
            kinds.add(child.type)
            words += child.content
    return kinds, words


PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    kinds, words = shown(literal(text))
    assert kinds <= PLAIN, kinds
    assert words.replace("\u200b", "") == one_line(text)


@given(st.text(alphabet=st.sampled_from("<>&;[]()!*_`#-+=|~\\{}%:/.@ \n\tabhttpswww1"), max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    kinds, words = shown(literal_paragraphs(text))
    assert kinds <= PLAIN, kinds
    assert words.replace("\u200b", "") == "".join(one_line(line) for line in text.split("\n"))


@pytest.mark.parametrize("address", ["https://t.example/", "http://t.example", "www.t.example", "a@t.example"])
def test_bare_addresses_are_broken_for_renderers_that_link_them(address: str) -> None:
    _, words = shown(literal(address))
    assert address not in words
    assert words.replace("\u200b", "") == address


def test_a_long_text_is_cut() -> None:
    assert shown(literal("x" * 400, 10))[1] == "x" * 10 + "…"


@pytest.mark.parametrize(
    "url", ["https://t.example/a_(b)?c=1&d=<x>\">", "https://t.example/>)[x](javascript:1)", "http://t.example/a b\\", "http://t.example/&lt;b"]
)  # fmt: skip
def test_a_link_has_our_words_and_leads_to_that_host(url: str) -> None:
    tokens = [child for token in PARSER.parse(link("open", url)) for child in token.children or ()]
    assert [token.type for token in tokens] == ["link_open", "text", "link_close"]
    assert tokens[0].attrs["href"].startswith(url[:17])
    assert tokens[1].content == "open"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//t.example/", "https:///x"])
def test_other_addresses_are_not_linked(url: str) -> None:
    assert shown(link("open", url))[0] <= PLAIN
