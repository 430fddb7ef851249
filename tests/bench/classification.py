"""The figures of the classifier, by the shared scorer as it is.

    python -m tests.bench.classification          the shipped model on the rows it learnt from: speed and evidence only
    python -m tests.bench.classification --out-of-fold   accuracy on sources left out: trains one model per fold (minutes)

A score on rows that the model was trained on says nothing about accuracy; the second form is the honest one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSWIRE_SHARED", ROOT.parent / "shared"))


def main() -> int:
    """Run the scorer on the corpus and the hard cases; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out-of-fold", action="store_true")
    parser.add_argument("--errors", type=int, default=10, help="print the N most confident mistakes")
    args = parser.parse_args()
    scorer = SHARED / "tools" / "score_classifier.py"
    if not scorer.exists():
        print(f"the scorer and the corpus are not in {SHARED} (set NEWSWIRE_SHARED)", file=sys.stderr)
        return 2
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT / "tests" / "bench")])}
    env |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NEWSWIRE_SHARED": str(SHARED)}
    name = "out_of_fold_classifier:classify" if args.out_of_fold else "newswire.classification:classify"
    for data in ("dev.jsonl.gz", "hard_dev.jsonl"):
        print(f"== {data}", flush=True)
        path = SHARED / "data" / "relevance" / data
        command = [sys.executable, str(scorer), "--data", str(path), "--classifier", name, "--errors", str(args.errors)]
        status = subprocess.run(command, env=env, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
