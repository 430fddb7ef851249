"""Which classifier judges, by configuration: `module:factory`.

A factory takes no argument and returns a `Classifier`. The default is the shipped model; a deployment with a GPU names
`newswire.classification.transformer:from_environment` or a factory of its own.
"""

from __future__ import annotations

import importlib
from functools import cache

from newswire.classification.values import Classifier

DEFAULT = "newswire.classification.classifier:shipped"


@cache
def load_classifier(name: str | None = None) -> Classifier:
    """The classifier called `module:factory`; loaded once per process. Raises ValueError for a name that is none."""
    module_name, _, factory_name = (name or DEFAULT).partition(":")
    if not module_name or not factory_name:
        raise ValueError(f"a classifier is named module:factory, not {name!r}")
    try:
        factory = getattr(importlib.import_module(module_name), factory_name)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"no classifier {name!r}: {error}") from error
    classifier: Classifier = factory()
    if not callable(classifier) or not hasattr(classifier, "version"):
        raise ValueError(f"{name!r} made no classifier: it must be callable and have a version")
    return classifier
