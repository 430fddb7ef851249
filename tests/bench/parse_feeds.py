"""Entries per second of newswire's parse_feed beside plain feedparser, over a folder of feed documents.

    python -m tests.bench.parse_feeds ../shared/data/feeds/samples --rounds 3

Both read the same bytes in turn, in one process, and the best round of each counts, in CPU seconds: so other work on
the machine weighs on neither. `parse_feed` decodes, repairs, parses, reads dates, canonicalises addresses and cleans
text; feedparser alone decodes, parses, sanitises HTML and reads dates.
"""

from __future__ import annotations

import argparse
import gzip
import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser  # type: ignore[import-untyped]

from newswire.polling import Feed, parse_feed


def plain(body: bytes) -> int:
    return len(feedparser.parse(io.BytesIO(body)).entries)


def ours(body: bytes) -> int:
    result = parse_feed(body, url="https://example.com/feed", content_type=None, fetched_at=datetime.now(UTC))
    return len(result.entries) if isinstance(result, Feed) else 0


def measure(run: Callable[[bytes], int], bodies: list[bytes]) -> tuple[int, float]:
    started = time.process_time()
    return sum(map(run, bodies)), time.process_time() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    bodies = [path.read_bytes() for path in sorted(options.folder.iterdir()) if path.suffix != ".csv"]
    bodies = [gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body for body in bodies]
    best: dict[str, tuple[int, float]] = {}
    for _ in range(options.rounds):
        for name, run in (("feedparser", plain), ("parse_feed", ours)):
            entries, seconds = measure(run, bodies)
            if name not in best or seconds < best[name][1]:
                best[name] = (entries, seconds)
    for name, (entries, seconds) in best.items():
        print(
            f"{name:12} {entries:6} entries of {len(bodies)} documents in {seconds:6.2f} s: {entries / seconds:7.0f}/s"
        )


if __name__ == "__main__":
    main()
