"""Cards of other pieces in a text, and lists that look alike."""

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
