"""Command line of the training: see the package docstring."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

# One thread, before numpy is loaded: sums in another order differ in the last bits, and the model must be rebuilt
# exactly.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

FAMILIES_FILE = Path(__file__).parent / "families.json"


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m newswire.classification.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (("build", "train, calibrate, and write the shipped files and the card"),
                       ("compare", "measure every family on the same folds; the card quotes the result"),
                       ("to-read", "rows worth reading next: near the middle, or against their label")):  # fmt: skip
        command = commands.add_parser(name, help=what)
        command.add_argument("--data", type=Path, required=True, help="directory with relevance/dev.jsonl.gz")
        command.add_argument("--out", type=Path, help="where to write; default: into the package")
    args = parser.parse_args(argv)
    return {"build": _build, "compare": _compare, "to-read": _to_read}[args.command](args.data, args.out)


def _build(directory: Path, out: Path | None) -> int:
    import numpy as np

    from newswire.classification import model, vocabulary
    from newswire.classification import topics as topic_model
    from newswire.classification.training import build as b
    from newswire.classification.training import card, measures, topics

    data = b.load(directory)
    z = b.out_of_fold(data)
    again = b.out_of_fold(data, split=b.by_source)
    found = b.calibrated(data, z)
    milder = b.probabilities(data, again, found.slope, found.offset)
    shipped = b.to_json(b.fit(data, np.ones(len(data.rows), dtype=bool)), found)
    figures, second = (measures.table(data, p) for p in (found.p, milder))
    tried = json.loads(FAMILIES_FILE.read_text(encoding="utf-8")) if FAMILIES_FILE.exists() else {}
    target = out or model.SHIPPED.parent
    target.mkdir(parents=True, exist_ok=True)
    (target / model.SHIPPED.name).write_text(json.dumps(shipped, separators=(",", ":")) + "\n", encoding="utf-8")
    stems = b.known_stems([r for r, v in zip(data.rows, data.is_variant, strict=True) if not v])
    (target / vocabulary.SHIPPED.name).write_bytes(vocabulary.build(stems))
    text = card.write(data, found, shipped["version"], figures, second, tried)
    subjects, topic_figures = topics.build(data)
    path = target / topic_model.SHIPPED.name
    path.write_text(json.dumps(subjects, separators=(",", ":")) + "\n", encoding="utf-8")
    text += "\n" + topics.section(topic_figures)
    (target / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    print(f"{shipped['version']}: slope {found.slope}, offset {found.offset}")
    for name, row in figures.items():
        print(f"{name:24} {row}\n{'':24} {second[name]}")
    return 0


def _compare(directory: Path, out: Path | None) -> int:
    from newswire.classification.training import build as b
    from newswire.classification.training import families

    result = families.compare(b.load(directory))
    target = out / FAMILIES_FILE.name if out else FAMILIES_FILE
    target.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _to_read(directory: Path, out: Path | None) -> int:
    import csv

    import numpy as np

    from newswire.classification.training import build as b

    data = b.load(directory)
    p = b.calibrated(data, b.out_of_fold(data)).p
    # Near the middle or against the label; one language must not crowd out the others, so each takes its turn.
    turns: dict[str, int] = {}
    order = sorted(
        (i for i in np.flatnonzero(data.in_corpus) if not data.rows[i].read),
        key=lambda i: -max(1 - abs(2 * p[i] - 1), abs(p[i] - data.y[i])),
    )
    ranked = []
    for i in order:
        turn = turns[data.rows[i].language] = turns.get(data.rows[i].language, 0) + 1
        ranked.append((turn, -abs(p[i] - data.y[i]), i))
    with (out or Path("to_read.csv")).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row_id", "score"])
        writer.writerows([data.rows[i].id, f"{p[i]:.3f}"] for _, _, i in sorted(ranked))
    return 0


if __name__ == "__main__":
    sys.exit(main())
