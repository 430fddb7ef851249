"""The rows a model learns from: the shared corpus corrected by hand-read labels, and pieces written here."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newswire.classification.training.folds import FOLD_NAMES, fold_of

HERE = Path(__file__).parent
LABELS = HERE.parent / "labels" / "read.csv"
AUTHORED = HERE / "authored"

# How much a row counts, chosen on all groups at once and on two splits (the card's table has the steps). A label that a
# person gave counts three times one that a rule gave: rules err in one row of a hundred, but where they err is where a
# model learns most. At ten times, the figures on hand-read rows stay as they were and every log-loss is worse. A label
# made by a word list counts half, since it would teach the model that word list.
READ_WEIGHT, RULE_WEIGHT, SILVER_WEIGHT = 3.0, 1.0, 0.5
# A label that its reader marked as unsure: a fifth of a sure one.
UNSURE_WEIGHT = READ_WEIGHT / 5
# Hard cases and pieces written for the project are what the corpus lacks: short, oblique, or looking like the other
# class.
HARD_WEIGHT, AUTHORED_WEIGHT = 10.0, 8.0
# A body that is not the article: the title alone decides, and a model must learn to cope, but not from many of them.
BROKEN_WEIGHT = 1.0
# Notes of labels that were drawn at random, not where a model erred or doubted, begin with this.
RANDOM = "random:"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled article. `fold` is None for a row of no fold: always learnt from, never scored."""

    id: str
    language: str
    source: str
    title: str | None
    text: str
    url: str | None
    label: int  # the label believed: read by hand where there is one
    given: int  # the label that the corpus states
    weight: float
    fold: str | None
    read: bool
    sure: bool  # read by hand without a doubt
    drawn: bool  # read because it was drawn at random, not because a model erred or doubted there
    kind: str  # why the label is believed, or the kind of a hard case
    topics: tuple[str, ...] = ()
    unknown: float = 0.0  # of a variant: the share of its words in the gazetteer that are taken for unknown


def _lines(path: Path) -> Iterator[dict[str, object]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def hand_read() -> dict[str, dict[str, str]]:
    """The judgements of `labels/read.csv` by the id of their row."""
    if not LABELS.exists():
        return {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["row_id"]: row for row in csv.DictReader(file)}


def corpus(directory: Path) -> list[Row]:
    """The shared corpus with hand-read labels laid over it."""
    hand = hand_read()
    rows = []
    for item in _lines(directory / "relevance" / "dev.jsonl.gz"):
        given, basis = int(str(item["label"])), str(item["label_basis"])
        sure = read = basis == "read"
        label, drawn = given, False
        topics: tuple[str, ...] = ()
        weight = READ_WEIGHT if read else SILVER_WEIGHT if "silver" in basis else RULE_WEIGHT
        note = hand.get(str(item["id"]))
        if note is not None:
            label, read, drawn = int(note["label"]), True, note["note"].startswith(RANDOM)
            sure = note["sure"] == "yes" and note["broken"] != "yes"
            weight = READ_WEIGHT if note["sure"] == "yes" else UNSURE_WEIGHT
            topics = tuple(t for t in note["topics"].split(";") if t not in ("", "none"))
            if note["broken"] == "yes":
                weight = BROKEN_WEIGHT
        source = str(item["source"])
        rows.append(
            Row(
                id=str(item["id"]), language=str(item["lang"]), source=source,
                title=None if item["title"] is None else str(item["title"]), text=str(item["text"]),
                url=None if item["url"] is None else str(item["url"]), label=label, given=given,
                weight=weight, fold=fold_of(source), read=read, sure=sure, drawn=drawn, kind=basis, topics=topics,
            )
        )  # fmt: skip
    return rows


def hard_cases(directory: Path) -> list[Row]:
    """The hard cases; their fold is that of their source where they have one, so that no twin is learnt from."""
    return [
        Row(
            id=str(item["id"]), language=str(item["lang"]), source=str(item["source"]),
            title=None if item["title"] is None else str(item["title"]), text=str(item["text"]), url=None,
            label=int(str(item["label"])), given=int(str(item["label"])), weight=HARD_WEIGHT,
            fold=fold_of(str(item["source"])) or FOLD_NAMES[i % len(FOLD_NAMES)], read=True, sure=True,
            drawn=False, kind=str(item["kind"]),
        )
        for i, item in enumerate(_lines(directory / "relevance" / "hard_dev.jsonl"))
    ]  # fmt: skip


def authored() -> list[Row]:
    """Pieces written for the project; belonging to no source, they are dealt out to the folds in turn."""
    return [
        Row(
            id=str(item["id"]), language=str(item["lang"]), source="project",
            title=None if item["title"] is None else str(item["title"]), text=str(item["text"]), url=None,
            label=int(str(item["label"])), given=int(str(item["label"])), weight=AUTHORED_WEIGHT,
            fold=FOLD_NAMES[i % len(FOLD_NAMES)], read=True, sure=True, drawn=False,
            kind=str(item["kind"]), topics=tuple(str(t) for t in item["topics"] or ()),  # type: ignore[attr-defined]
        )
        for i, item in enumerate(item for path in sorted(AUTHORED.glob("*.jsonl")) for item in _lines(path))
    ]  # fmt: skip
