"""An optional classifier: a sentence encoder (a transformer) with a linear head. Needs the extra `transformer`.

For a user with a GPU, or with a better encoder than a word list. Configured by environment, loaded through
`newswire.classification.registry` as `newswire.classification.transformer:from_environment`:

    NEWSWIRE_ENCODER        directory of an encoder as `transformers` saves it
    NEWSWIRE_ENCODER_HEAD   file written by `train_head`

The encoder only replaces the score. Evidence, topics and centrality come from the gazetteer, so that a verdict stays
explained: the weight of a span is still the log-odds lost when its sentence is taken out of the text.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from newswire.classification.classifier import GazetteerClassifier, as_verdict, label_of, shipped
from newswire.classification.features import Vector
from newswire.classification.model import Matrix, log_odds, sigmoid
from newswire.classification.values import Article, Flip, Thresholds, Verdict

# Encoders of this kind read 128 to 512 tokens; the lead and the title are what they see, which is what weighs most
# anyway.
MAX_TOKENS = 256
BATCH = 16


class Encoder:
    """A sentence encoder in a directory, mean-pooled and normalised; runs on a GPU where there is one."""

    def __init__(self, directory: Path) -> None:
        """Load from `directory`, never from a network.

        Raises FileNotFoundError when there is no encoder in it, ImportError without the extra `transformer`.
        """
        import torch  # type: ignore[import-not-found,unused-ignore]
        from transformers import (  # type: ignore[import-not-found,unused-ignore]
            AutoModel,
            AutoTokenizer,
        )

        config = sorted(directory.rglob("config.json"), key=lambda path: (len(path.parts), path))
        if not config:
            raise FileNotFoundError(f"no config.json under {directory}")
        home = config[0].parent
        self._torch = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer = AutoTokenizer.from_pretrained(str(home), local_files_only=True)
        self._model = AutoModel.from_pretrained(str(home), local_files_only=True).to(self._device).eval()
        digest = hashlib.sha256()
        for path in sorted(home.glob("*.safetensors")) + sorted(home.glob("*.bin")):
            digest.update(path.read_bytes())
        self.digest = digest.hexdigest()[:10]

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of texts, shape (texts, width)."""
        parts = []
        for start in range(0, len(texts), BATCH):
            batch = self._tokenizer(
                list(texts[start : start + BATCH]),
                padding=True,
                truncation=True,
                max_length=MAX_TOKENS,
                return_tensors="pt",
            ).to(self._device)
            with self._torch.inference_mode():
                tokens = self._model(**batch).last_hidden_state.float().cpu().numpy().astype(np.float64)
            weight = batch["attention_mask"].cpu().numpy()[:, :, None].astype(np.float64)
            output = (tokens * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)
            parts.append(output / np.maximum(np.linalg.norm(output, axis=1, keepdims=True), 1e-12))
        return np.concatenate(parts) if parts else np.zeros((0, 0))


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic layer over an encoder's vectors."""

    weights: Vector
    bias: float
    thresholds: Thresholds

    def score(self, vectors: Matrix) -> Vector:
        """Log-odds of "conflict"."""
        out: Vector = vectors @ self.weights + self.bias
        return out


def train_head(vectors: Matrix, labels: Vector, penalty: float = 1.0) -> Head:
    """Fit a head by Newton's method (ridge-penalised logistic regression); deterministic, plain numpy."""
    x = np.hstack([vectors, np.ones((len(vectors), 1))])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6  # the bias is free
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = sigmoid(x @ w)
        gradient = x.T @ (p - labels) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return Head(w[:-1], float(w[-1]), Thresholds(0.1, 0.9))


def save_head(head: Head, path: Path) -> None:
    """Write a head as JSON."""
    data = {"weights": head.weights.tolist(), "bias": head.bias, "other": head.thresholds.other}
    path.write_text(json.dumps(data | {"conflict": head.thresholds.conflict}) + "\n", encoding="utf-8")


def load_head(path: Path) -> Head:
    """Read what `save_head` wrote."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Head(np.array(data["weights"]), float(data["bias"]), Thresholds(data["other"], data["conflict"]))


class TransformerClassifier:
    """A `Classifier` whose probability comes from an encoder, and whose reasons come from the gazetteer."""

    def __init__(self, encoder: Encoder, head: Head, explainer: GazetteerClassifier | None = None) -> None:
        self._encoder, self._head = encoder, head
        self._explainer = explainer or shipped()
        digest = hashlib.sha256(head.weights.tobytes()).hexdigest()[:6]
        self._version = f"encoder-{encoder.digest}-{digest}+{self._explainer.version}"

    @property
    def version(self) -> str:
        """Names the encoder, the head and the explainer."""
        return self._version

    def __call__(self, articles: Sequence[Article]) -> list[Verdict]:
        """One verdict per article, in order."""
        explained = self._explainer(articles)
        texts = [_seen(article) for article in articles]
        scores = self._head.score(self._encoder.encode(texts)) if texts else np.zeros(0)
        return [self._merge(verdict, float(z)) for verdict, z in zip(explained, scores, strict=True)]

    def _merge(self, verdict: Verdict, z: float) -> Verdict:
        thresholds = self._head.thresholds
        p = float(sigmoid(np.array(z)))
        label = label_of(p, thresholds)
        edges = {t: log_odds(t) - z for t in (thresholds.other, thresholds.conflict)}
        nearest = min(edges, key=lambda t: abs(edges[t]))
        becomes = "uncertain" if label != "uncertain" else "other" if nearest == thresholds.other else "conflict"
        flip = Flip(nearest, becomes, round(edges[nearest], 4), ())  # type: ignore[arg-type]
        return as_verdict(verdict, p, label, flip, thresholds, self._version)


def _seen(article: Article) -> str:
    get = article.get if hasattr(article, "get") else lambda name: getattr(article, name, None)
    return "\n".join(part for part in (get("title"), get("text")) if part)[: MAX_TOKENS * 8]


def from_environment() -> TransformerClassifier:
    """The classifier that the environment names. Raises ValueError when it names none."""
    try:
        directory, head = Path(os.environ["NEWSWIRE_ENCODER"]), Path(os.environ["NEWSWIRE_ENCODER_HEAD"])
    except KeyError as missing:
        raise ValueError(f"{missing.args[0]} is not set: it must name the encoder or its head") from missing
    return TransformerClassifier(Encoder(directory), load_head(head))
