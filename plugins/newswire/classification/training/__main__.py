"""Command line of the training: see the package docstring."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

# One thread, before numpy is loaded: sums in another order differ in the last bits, and the model must be rebuilt exactly.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m newswire.classification.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="train, calibrate, and write the shipped files")
    build.add_argument("--data", type=Path, required=True, help="directory with relevance/dev.jsonl.gz")
    build.add_argument("--out", type=Path, help="where to write; default: into the package")
    args = parser.parse_args(argv)
    return _build(args.data, args.out)


def _build(directory: Path, out: Path | None) -> int:
    import numpy as np

    from newswire.classification import model, vocabulary
    from newswire.classification.training import build as b

    data = b.load(directory)
    z = b.out_of_fold(data)
    scored = np.arange(len(data.rows)) < data.n_corpus
    calibration = b.calibrate(z[scored], data.y[scored])
    p = model.sigmoid(calibration[0] * np.clip(z, -12, 12) + calibration[1])
    thresholds = b.choose_thresholds(p[scored], data.y[scored])
    parts = b.fit(data, np.ones(len(data.rows), dtype=bool))
    target = out or model.SHIPPED.parent
    shipped = b.to_json(parts, calibration, thresholds)
    (target / model.SHIPPED.name).write_text(json.dumps(shipped, separators=(",", ":")) + "\n", encoding="utf-8")
    (target / vocabulary.SHIPPED.name).write_bytes(vocabulary.build(b.known_stems(data.rows)))
    print(f"wrote {shipped['version']}: calibration {calibration}, thresholds {thresholds}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
