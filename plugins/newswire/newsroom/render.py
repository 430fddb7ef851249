"""The template environment that pages and feeds share."""

from __future__ import annotations

import functools

import jinja2


@functools.cache
def environment() -> jinja2.Environment:
    """Templates of `newsroom/templates`, everything escaped, and an unknown name is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("newswire.newsroom"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
