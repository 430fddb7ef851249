"""The article text of a page: trafilatura's own steps, put together so that the tree is copied once and fallbacks are earned.

trafilatura 2.3.1 always runs its second opinion (readability, justext) and, below 3,000 characters, a second extraction
in recall mode. On news pages both mostly confirm or dilute what the first step found, for half of the time. Here the
first step's answer stands when it is long and made of paragraphs; otherwise the second opinion is heard.
"""

from __future__ import annotations

from copy import copy

from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura.baseline import baseline
from trafilatura.external import compare_extraction
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

# Text this long, this much of it in paragraphs, was never improved by the second opinion on the development pages.
CONFIDENT_CHARS = 800
CONFIDENT_SHARE = 0.6


def extract_body(root: HtmlElement, url: str) -> str:
    """The main text of a parsed page, one block per line; '' where there is none. `root` is not changed."""
    # trafilatura's functions change the tree that they are given, and write the options' focus only: both are ours.
    options = Extractor(output_format="python", comments=False, url=url)
    raw = copy(root)
    prune_unwanted_nodes(raw, RAW_TREE_PRUNE_XPATH)
    prune_unwanted_nodes(raw, REMOVE_COMMENTS_AND_LISTS_XPATH)
    body, text = extract_content(convert_tags(tree_cleaning(copy(raw), options), options, url), options)
    if not _confident(body, text):
        body, text = compare_extraction(tree_cleaning(copy(raw), options), copy(raw), body, text, options)
    if len(text) < options.min_extracted_size:
        rescued, rescued_text, length = baseline(raw)
        if length > len(text):
            body, text = rescued, rescued_text
    return xmltotxt(body, False)


def _confident(body: _Element, text: str) -> bool:
    if len(text) < CONFIDENT_CHARS:
        return False
    return sum(len("".join(p.itertext())) for p in body.iter("p")) >= CONFIDENT_SHARE * len(text)
