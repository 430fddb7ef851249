"""Whether a text is that of its title."""

from __future__ import annotations

from newswire.classification.features import feature_names, features, read
from unit.classification.test_stray import SUMMIT


def _of(name: str, sentences: list[str], title: str | None) -> float:
    return float(features(read(title, " ".join(sentences), "en"))[feature_names().index(name)])


def test_a_text_that_takes_up_no_word_of_its_title_is_seen() -> None:
    assert _of("title_told", SUMMIT, title="Ministers at a summit in Surabaya") == 1
    assert _of("title_told", SUMMIT, title="Volcano erupts near Catania") == 0
    assert _of("title_told", SUMMIT, title=None) == 1
    # A list of other stories under the text takes up the title of none.
    assert _of("title_told", SUMMIT, title="Volcano erupts near Catania") == float(
        features(read("Volcano erupts near Catania", "\n".join([*SUMMIT, *["Volcano erupts near Catania"] * 3]), "en"))[
            feature_names().index("title_told")
        ]
    )
