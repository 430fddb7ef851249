"""How the shipped model is made: the data, the folds, the families tried, the calibration, the card.

    python -m newswire.classification.training build --data DIR     the model, the vocabulary and the card
    python -m newswire.classification.training compare --data DIR   the table of families on the same folds

Needs scikit-learn, which nothing at run time does. `DIR` holds `relevance/dev.jsonl.gz` and `relevance/hard_dev.jsonl`.
"""
