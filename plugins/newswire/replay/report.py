"""A comparison in words: for the log and the terminal, and as Markdown for the person who confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newswire.markdown import literal
from newswire.text import one_line, printable

SHOWN = 12
"""Names of a group (outlets, columns) that a summary shows; the rest is summed up."""

GROUPS = (
    ("extraction", "Extraction"),
    ("columns", "Columns that differ"),
    ("extraction by outlet", "Extraction, by outlet"),
    ("extraction by language", "Extraction, by language"),
    ("refused", "Pages no longer held for articles (they stay as they are)"),
    ("now accepted", "Refused pages that are articles now, by the reason then"),
    ("labels before", "Labels before"),
    ("labels after", "Labels after"),
    ("flips", "Labels that flip"),
    ("flips by outlet", "Flips, by outlet"),
    ("flips by language", "Flips, by language"),
    ("reviewed", "Against the labels that people gave"),
)


DIFFERENCES = ("extraction", "refused", "now accepted", "flips")
"""Groups that are empty where a promotion would change no text and no label."""


def summary_text(summary: Mapping[str, Any]) -> str:
    """The summary of a comparison for a log or a terminal; one fact per line."""
    lines = [_head(summary)]
    counts = summary["counts"]
    lines += [f"{title}: {printable(_shown(counts[name]))}" for name, title in GROUPS if counts.get(name)]
    for flip in summary.get("examples", ()):
        lines.append(
            f"  {flip['direction']}  {flip['before_probability']:.2f} → {flip['after_probability']:.2f}  "
            f"{printable(flip['outlet'])}: {printable(one_line(flip['title'] or '(no title)'), 100)}"
        )
        lines += [f"      {printable(words)}" for words in _evidence(flip)]
    for page in summary.get("refusals", ()):
        lines.append(
            f"  refused ({page['reason']})  {printable(page['outlet'])}: {printable(page['title'] or page['url'], 100)}"
        )
    return "\n".join(lines)


def summary_markdown(summary: Mapping[str, Any]) -> str:
    """The same as Markdown, every foreign word literal."""
    counts = summary["counts"]
    parts = [literal(_head(summary), 1000)]
    parts += [f"**{title}:** {literal(_shown(counts[name]), 1000)}" for name, title in GROUPS if counts.get(name)]
    examples = []
    for flip in summary.get("examples", ()):
        because = "; ".join(_evidence(flip))
        examples.append(
            f"- **{literal(flip['direction'])}** {flip['before_probability']:.2f} → {flip['after_probability']:.2f} · "
            f"{literal(flip['outlet'])} · {literal(flip['title'] or '(no title)', 150)}"
            + (f" ({literal(because, 400)})" if because else "")
        )
    for page in summary.get("refusals", ()):
        title = literal(page["title"] or page["url"], 150)
        examples.append(f"- **refused** ({literal(page['reason'])}) {literal(page['outlet'])} · {title}")
    if examples:
        parts.append("**Examples**\n\n" + "\n".join(examples))
    return "\n\n".join(parts)


def _head(summary: Mapping[str, Any]) -> str:
    request, seen = summary["request"], summary["counts"].get("seen", {})
    by = []
    if summary.get("extractor_version"):
        by.append(f"read by extractor {summary['extractor_version']}")
    if summary.get("model_version"):
        by.append(f"judged by {summary['model_version']} (current: {summary['model_before']})")
    return (
        f"{request['what']}: articles first listed from {request['window_start']} to {request['window_end']}; "
        f"{', '.join(by)}; {_shown(seen) or 'no article in the window'}"
        + ("; no text and no label differs" if seen and not any(map(summary["counts"].get, DIFFERENCES)) else "")
    )


def _shown(counts: Mapping[str, int]) -> str:
    names = sorted(counts, key=lambda name: (-counts[name], name))
    words = [f"{name} {counts[name]}" for name in names[:SHOWN]]
    if len(names) > SHOWN:
        words.append(f"{len(names) - SHOWN} others {sum(counts[name] for name in names[SHOWN:])}")
    return ", ".join(words)


def _evidence(flip: Mapping[str, Any]) -> list[str]:
    words = [f"now also: {one_line(text)[:150]}" for text in (flip.get("gained") or ())[:2]]
    return words + [f"no longer: {one_line(text)[:150]}" for text in (flip.get("lost") or ())[:2]]
