"""Headlines that only the visible page tells from the site's name in the title tag."""

import pytest

from newswire.extraction import extract_page

TEXT = "".join(
    f"<p>The council of Larkport spoke of part {n} of the harbour wall, and then voted on it.</p>" for n in range(9)
)


@pytest.mark.parametrize(
    ("tag", "head", "expected"),
    [
        # the headline is no heading
        (
            "Larkport Gazette: Storm breaks the harbour wall",
            "<b>Storm breaks the harbour wall</b>",
            "Storm breaks the harbour wall",
        ),
        (
            "Storm breaks the harbour wall — Larkport Gazette, news of the coast",
            '<div class="zag">Storm breaks the harbour wall</div>',
            "Storm breaks the harbour wall",
        ),
        # the h1 is the masthead, without a link
        (
            "Storm breaks the harbour wall – The Larkport Gazette",
            "<h1>The Larkport Gazette</h1><h3>Storm breaks the harbour wall</h3>",
            "Storm breaks the harbour wall",
        ),
        # the h1 is the headline, and the longer part its subtitle
        (
            "A wall of water - What the storm did to the harbour of Larkport",
            "<h1>A wall of water</h1><h2>What the storm did to the harbour of Larkport</h2>",
            "A wall of water",
        ),
        # a colon in the headline
        (
            "Larkport: a harbour without a wall",
            "<div>Larkport: a harbour without a wall</div>",
            "Larkport: a harbour without a wall",
        ),
    ],
)
def test_what_is_shown_settles_the_headline(tag, head, expected):
    page = f'<html><head><title>{tag}</title></head><body>{head}<div class="text">{TEXT}</div></body></html>'
    assert extract_page(page.encode(), "https://outlet.example/a").title == expected
