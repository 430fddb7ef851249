"""Accuracy and speed of extraction on the shared real pages, beside plain trafilatura in the same run.

    make bench-extraction            all pages (some minutes)
    make bench-extraction LIMIT=200  the first ones only

The figures come from the shared scorer as it is. Where the shared folder is absent (`NEWSWIRE_SHARED`, or `shared`
beside the repository), nothing is measured, and that is said.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def shared() -> Path:
    """The folder with the shared data, whether or not it exists."""
    return Path(os.environ.get("NEWSWIRE_SHARED") or REPOSITORY.parent / "shared")


def main() -> int:
    """Run the scorer; 0 also where there is nothing to score."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    scorer, data = shared() / "tools" / "score_extraction.py", shared() / "data" / "pages"
    if not scorer.exists() or not data.exists():
        print(f"bench-extraction: skipped, there are no shared pages in {data} (set NEWSWIRE_SHARED)")
        return 0
    command = [sys.executable, str(scorer), "--data", str(data), "--extractor", "newswire.extraction:extract_page"]
    if limit := os.environ.get("LIMIT"):
        command += ["--limit", limit]
    paths = [str(REPOSITORY / "plugins"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
