"""For the tests of replay, review and quality: a database with an ingested newsroom, other extractors, other models."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, start_newsroom
from newswire.classification import Article, Verdict, load_classifier
from newswire.extraction import Extraction
from newswire.ledger import Reason
from newswire.pipeline.extract import ArchivedPage, Refused, extract_archived
from newswire.storage import Database

_numbers = itertools.count()


@pytest.fixture(scope="module")
def ingested_template(postgres: Any, template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database into which both editions of the newsroom were ingested, to be copied."""
    name = f"template_ingested_{next(_numbers)}"
    url = postgres.create_database(name, template=template)
    with Database(url, ROOT / "sql") as database:
        ingest_newsroom(database, tmp_path_factory.mktemp("catalogue"))
    return name


@pytest.fixture
def ingested(postgres: Any, ingested_template: str) -> Iterator[Any]:
    """The same, opened, for one test. Nothing is listening for fetches any more."""
    url = postgres.create_database(f"ingested_{next(_numbers)}", template=ingested_template)
    with Database(url, ROOT / "sql", patience=30) as opened:
        yield opened


def ingest_newsroom(database: Any, folder: Path) -> None:
    """Ingest both editions of the newsroom."""
    from newswire.catalogue import read_catalogue, sync
    from newswire.pipeline.context import Selection
    from newswire.pipeline.ingest import ingest

    for newsroom in start_newsroom():
        path = folder / "catalogue.csv"
        path.write_bytes(newsroom.get("catalogue.csv"))
        sync(database, read_catalogue(path), remove=True)
        settings = newsroom.settings(database.url)
        ingest(database, settings, Selection(), trigger="test")
        newsroom.advance()
        database.run(lambda c: database.sql.make_revisits_due(c))
        ingest(database, settings, Selection(), trigger="test", force=True)


def query(database: Any, statement: str, *arguments: Any) -> list[Any]:
    """Rows of any statement."""

    def work(connection: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            return list(cursor.fetchall()) if cursor.description else []

    rows: list[Any] = database.run(work)
    return rows


# -- extractors that differ from the real one (called in the sandbox's processes, so they live in a module)


def extract_otherwise(page: ArchivedPage) -> Extraction | Refused:
    """Strips the last paragraph off every text, refuses each page that mentions 'refuge', and crashes on 'Odesa'."""
    found = extract_archived(page)
    if isinstance(found, Refused):
        return found
    if "refuge" in found.text:
        return Refused(Reason.INDEX_PAGE, "a list of headlines")
    if "Odesa" in found.text:
        raise RuntimeError("cannot parse\nthis")
    lines = found.text.split("\n")
    if len(lines) < 2:
        return replace(found, extractor_version="next")
    text = "\n".join(lines[:-1])
    shorter = f"{found.content_hash[:-4]}next"
    return replace(
        found, text=text, word_count=len(text.split()), content_hash=shorter, extractor_version="next", section="moved"
    )


def extract_everything(page: ArchivedPage) -> Extraction | Refused:
    """Takes every page for an article."""
    found = extract_archived(page)
    return found if isinstance(found, Refused) else replace(found, reason=None)


def extract_the_same(page: ArchivedPage) -> Extraction | Refused:
    """The real extractor under a new version."""
    found = extract_archived(page)
    return found if isinstance(found, Refused) else replace(found, extractor_version="next")


def extract_unstorable(page: ArchivedPage) -> Extraction | Refused:
    """Counts more words on pages whose address says 'poison' than a column of Postgres can hold."""
    found = extract_archived(page)
    return replace(found, word_count=2**40) if isinstance(found, Extraction) and "poison" in page.url else found


# -- models that differ from the real one


class Shifted:
    """The shipped classifier with all probabilities shifted, and so some labels: a new model version."""

    def __init__(self, shift: float = -0.4, version: str = "shifted-1") -> None:
        self._shift = shift
        self.version = version
        self.judged = 0

    def __call__(self, articles: Sequence[Article]) -> list[Verdict]:
        self.judged += len(articles)
        return [self._shifted(verdict) for verdict in load_classifier()(articles)]

    def _shifted(self, verdict: Verdict) -> Verdict:
        probability = min(max(verdict.probability + self._shift, 0.0), 1.0)
        limits = verdict.thresholds
        label: Any = "uncertain"
        if probability >= limits.conflict:
            label = "conflict"
        elif probability < limits.other:
            label = "other"
        return replace(
            verdict, probability=probability, label=label, evidence=verdict.evidence[1:], model_version=self.version
        )


def shifted() -> Shifted:
    """A factory, as NEWSWIRE_CLASSIFIER names one."""
    return Shifted()
