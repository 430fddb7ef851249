"""The state of page builders on pages that were made to harm: nothing raises, hangs or fills the memory."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from newswire.extraction import ExtractionError, extract_page
from newswire.extraction.page import parse
from newswire.extraction.page_state import State, read_states
from newswire.extraction.state_article import StateObject
from unit.extraction.state_pages import ARTICLE, SENTENCES, TITLE, URL, as_json, code, data, shell

HEADED = '"title":"Larkport repairs its harbour wall","url":"/2026/03/harbour-wall",'
STARTED = '<script type="application/json">'


def streamed(rows: str) -> bytes:
    return shell(code(f"self.__next_f.push([1,{json.dumps(rows)}])"))


def every_row_leads_to_the_next() -> bytes:
    links = ("".join(f',"k{k}":"${n + 1:x}"' for k in range(60)) for n in range(1, 300))
    return streamed("".join(f'{n:x}:{{{HEADED}"a":1{more}}}\n' for n, more in enumerate(links, 1)))


def one_text_many_times() -> bytes:
    many = ",".join(f'"body{n}":"$1"' for n in range(50_000))
    return streamed("1:T80000," + "Text is here. " * 37_500 + f"\n2:{{{HEADED}{many}}}\n")


def one_parameter_many_times() -> bytes:
    literal = f"{{{HEADED}body:[{'a,' * 200_000}a]}}"
    return shell(code(f'window.__NUXT__=(function(a){{return {literal}}}("{"Text is here. " * 20_000}"))'))


def a_cache_that_leads_to_itself() -> bytes:
    cache = {
        "ROOT_QUERY": {"a": {"__ref": "A"}},
        "A": ARTICLE | {"body": [{"__ref": "A"}, {"__ref": "B"}]},
        "B": {"content": [{"__ref": "B"}] * 3},
        "C": {"__ref": "C"},
    }
    return shell(code(f"window.__APOLLO_STATE__={json.dumps(cache)}"))


def a_list_that_leads_to_itself() -> bytes:
    flat: list[Any] = [{"title": 1, "body": 2, "url": 3}, TITLE, [2, 2, 0, -1, 99], "/2026/03/harbour-wall"]
    return shell(data(flat + [{"title": 1, "body": 0}] * 20_000))


def values_of_all_types() -> bytes:
    odd = (
        '"id":'
        + "1" * 5_000
        + ',"date":1e999,"author":[[[{"name":5}]]],"slug":true,"body":{"x":[1,null,{"text":null}]}'
    )
    return shell(STARTED + f"{{{HEADED}{odd}}}</script>")


HOSTILE = {
    "deep list": shell(code('window.__S__={"title":' + "[" * 400_000)),
    "deep objects": shell(STARTED + '{"title":1,"a":' + '{"a":' * 200_000 + "}" * 200_000 + "}</script>"),
    "bodies in bodies": shell(STARTED + f'{{{HEADED}"body":' * 900 + "1" + "}" * 900 + "</script>"),
    "open string": shell(code('window.__S__={"title":"' + "a" * 1_500_000)),
    "escapes": shell(code("window.__S__={title:'" + "\\\"\\'" * 300_000)),
    "quotes": shell(code("window.__S__={title:" + '"\\"\'' * 300_000)),
    "starts": shell(code("title;" + "__state={a:" * 150_000)),
    "literals of code": shell(code("title;" + "__state={a:b()};" * 100_000)),
    "functions": shell(code("title;" + "__x=(function(a){" * 100_000)),
    "parsed strings": shell(code("title;" + 'x=JSON.parse("' * 100_000)),
    "spaces": shell(code("__state={title" + " " * 1_000_000 + "}")),
    "empty objects": shell(STARTED + '{"title":[' + "{}," * 600_000 + "{}]}</script>"),
    "much state": shell(STARTED + f'{{{HEADED}"body":"' + "x" * 10_000_000 + '"}</script>'),
    "much markup": shell(STARTED + f'{{{HEADED}"body":"' + "<div>" * 3_000 + "Text is here. " * 40 + '"}</script>'),
    "rows of nothing": streamed("1:Tffffffff,short\n2:T-1,\n:\n3:{"),
    "open attributes": shell(body="<div " + 'data-page="{' * 200_000 + "></div>"),
    "rows in rows": every_row_leads_to_the_next(),
    "one text": one_text_many_times(),
    "one parameter": one_parameter_many_times(),
    "cache in a circle": a_cache_that_leads_to_itself(),
    "list in a circle": a_list_that_leads_to_itself(),
    "all types": values_of_all_types(),
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_state_neither_fails_nor_hangs(page: bytes) -> None:
    started = time.process_time()
    found = extract_page(page, URL)
    assert len(found.text) < 400_000
    assert time.process_time() - started < 8


def test_thousands_of_names_for_one_address_are_not_all_compared() -> None:
    pieces = [{"title": f"Wall {n} " + f"{n} " * 100, "url": "/2026/03/harbour-wall"} for n in range(3_000)]
    started = time.process_time()
    extract_page(shell(data(pieces)), URL)
    assert time.process_time() - started < 3  # without the bound: six


def test_half_characters_and_controls_in_the_state_do_no_harm() -> None:
    body = " \\ud83d ".join(SENTENCES) + "\\u0000\\u0001 \\u003c!-- "
    found = extract_page(shell(as_json(f'{{{HEADED}"author":"\\ud800Dora Quill","body":"{body}"}}')), URL)
    assert "approved the budget" in found.text
    for value in (found.text, found.title or "", *found.authors, *(flag.explanation for flag in found.quality_flags)):
        assert not re.search("[\ud800-\udfff\x00-\x08]", value)
        value.encode()


def test_a_page_that_is_too_large_stays_an_error() -> None:
    with pytest.raises(ExtractionError):
        extract_page(shell(data({"title": "x" * 20_000_000})), URL)


def test_references_are_followed_without_end_but_not_forever() -> None:
    state = State({"__ref": "a"}, "s", {"a": {"__ref": "b"}, "b": {"__ref": "a"}, "c": {"__ref": "d"}, "d": "text"})
    assert state.look({"__ref": "c"}) == "text"
    assert state.look({"__ref": "a"}) in ({"__ref": "a"}, {"__ref": "b"})
    assert state.look({"__ref": "none"}) == {"__ref": "none"}


def test_states_are_decoded_one_by_one() -> None:
    scripts = list(parse(shell(data(ARTICLE), data({"title": "x" * 400})).decode()).iter("script"))
    states = read_states(scripts)
    first = next(states)
    assert StateObject(first.value, first).headline == TITLE
    assert next(states).value["title"] == "x" * 400
