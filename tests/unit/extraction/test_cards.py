"""Cards of other pieces in a text, and lists that look alike."""

import time

from newswire.extraction import extract_page


def test_cards_of_other_pieces_in_the_midst_of_a_text_go_with_their_excerpts():
    text = [
        f"The council of Larkport spoke of part {n} of the harbour wall for an hour, and then voted." for n in range(9)
    ]
    cards = "".join(
        f'<li class="wp-block-post"><h3><a href="/{n}">Mill number {n} to become flats</a></h3><div class="excerpt">'
        f"<p>Mill number {n} by the river has been empty since 1998 and will be rebuilt by a firm from the coast.</p></div></li>"
        for n in range(2)
    )
    paragraphs = [f"<p>{line}</p>" for line in text]
    page = "".join((*paragraphs[:3], f"<div><ul>{cards}</ul></div>", *paragraphs[3:]))
    found = extract_page(
        f"<main><h1>Wall</h1><div class=entry-content>{page}</div></main>".encode(), "https://x.example/a"
    )
    assert found.text.split("\n") == text


def test_the_parts_of_a_list_keep_their_texts_under_linked_headings():
    parts = [f"Phone number {n} is light, its camera is good in the dark, and it lasts for two days." for n in range(6)]
    page = "".join(
        f'<div class=item><h3><a href="/{n}">Phone {n}</a></h3><p>{part}</p></div>' for n, part in enumerate(parts)
    )
    found = extract_page(
        f"<main><h1>Phones</h1><div class=entry-content>{page}</div></main>".encode(), "https://x.example/a"
    )
    assert [line for line in found.text.split("\n") if line in parts] == parts


TEXT = [f"The council of Larkport spoke of part {n} of the harbour wall for an hour, and then voted." for n in range(9)]


def extracted(body: str) -> list[str]:
    return extract_page(f"<html><body>{body}</body></html>".encode(), "https://x.example/2026/11/wall").text.split("\n")


def piece(title: str, texts: list[str]) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    return f'<article class="post-item"><h1>{title}</h1><div class="post-text">{paragraphs}</div></article>'


def test_a_card_that_is_a_link_as_a_whole_takes_its_excerpt_with_it():
    cards = "".join(
        f'<a href="/{n}" class="block"><h3>Mill number {n} to become flats</h3><p>Mill number {n} is rebuilt.</p></a>'
        for n in range(3)
    )
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    assert (
        extracted(f'<main><h1>Wall</h1><div class="prose">{paragraphs}</div><div class="grid">{cards}</div></main>')
        == TEXT
    )


def test_an_anchor_that_was_never_closed_is_no_card():
    paragraphs = "".join(f"<div>{text}</div>" for text in TEXT)
    assert (
        extracted(f'<main><h1>Wall</h1><div class="article-text"><a href="/top">{paragraphs}</div></main>')[-1]
        == TEXT[-1]
    )


def test_the_next_piece_of_a_page_that_scrolls_on_is_another():
    other = [f"The school of Larkport won game {n} of the county league after a long evening." for n in range(9)]
    assert extracted(f"<main>{piece('Wall', TEXT)}{piece('School wins league', other)}</main>") == TEXT


def test_soft_hyphens_are_no_part_of_a_word():
    assert extracted(piece("Wall", [text.replace("harbour", "har\u00adbour") for text in TEXT])) == TEXT


def test_many_linked_headings_take_no_long_time():
    headings = "".join(f'<h3><a href="/{n}">Heading number {n} of a long list</a></h3>' for n in range(20_000))
    started = time.perf_counter()
    extract_page(
        f"<main><div class=entry-content>{headings}<p>{TEXT[0]}</p></div></main>".encode(), "https://x.example/a"
    )
    assert time.perf_counter() - started < 20
