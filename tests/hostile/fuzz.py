"""A million hostile inputs: the properties of the unit tests' fuzzing, driven by plain random mutation.

    python -m tests.hostile.fuzz [--inputs 1000000] [--seed 1]

Hypothesis finds and shrinks; this one is fast. Each property gets the same number of inputs. A failing input is printed
with its seed, so that it can be repeated.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]
UNIT = ROOT / "tests" / "unit" / "fetching"


def load(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, UNIT / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Mutator:
    """Random texts and bytes out of telling pieces, and out of noise."""

    def __init__(self, rng: random.Random, addresses: list[str], values: list[str], raw: list[bytes]) -> None:
        self.rng = rng
        self._address_pieces = addresses
        self._value_pieces = values
        self._raw = raw

    def _text(self, pieces: list[str], most: int) -> str:
        rng = self.rng
        parts = rng.choices(pieces, k=rng.randint(0, most))
        if parts and rng.random() < 0.3:
            parts[rng.randrange(len(parts))] = "".join(chr(rng.randrange(0x3000)) for _ in range(rng.randint(1, 4)))
        return "".join(parts)

    def address(self) -> str:
        return ("http://" if self.rng.random() < 0.5 else "") + self._text(self._address_pieces, 12)

    def value(self) -> str:
        return self._text(self._value_pieces, 8)

    def maybe_value(self) -> str | None:
        return self.value() if self.rng.random() < 0.7 else None

    def raw(self) -> bytes:
        rng = self.rng
        if rng.random() < 0.5:
            return self.value().encode("utf-8", "surrogatepass")
        return rng.randbytes(rng.randint(0, 60))

    def message(self) -> bytes:
        parts = [self.rng.choice(self._raw) for _ in range(self.rng.randint(0, 20))]
        if parts and self.rng.random() < 0.5:
            parts[self.rng.randrange(len(parts))] = self.rng.randbytes(self.rng.randint(1, 6))
        return b"".join(parts)


def properties(mutate: Mutator) -> dict[str, Callable[[], None]]:
    """Every property with a source of inputs."""
    fuzz, wire, content, robots = (load(f"test_{name}") for name in ("fuzz", "wire", "content", "robots"))
    rng = mutate.rng
    names = ["retry-after", "content-type", "x-robots-tag", "tdm-reservation", "date", "expires", "cache-control"]
    kinds = list(fuzz.Kind)

    def inner(test: Any) -> Callable[..., None]:
        function: Callable[..., None] = test.hypothesis.inner_test
        return function

    def fields() -> list[tuple[str, bytes]]:
        return [(rng.choice(names), mutate.raw()) for _ in range(rng.randint(0, 4))]

    def any_address() -> IPv4Address | IPv6Address:
        return IPv4Address(rng.getrandbits(32)) if rng.random() < 0.5 else IPv6Address(rng.getrandbits(128))

    def cuts() -> list[int]:
        return [rng.randrange(500) for _ in range(rng.randint(0, 8))]

    codings = [*content.PACKERS, "identity", "sdch"]
    robots_pieces = [
        "User-agent: *\n",
        "User-agent: newswire\n",
        "Disallow: /",
        "Allow: /",
        "*",
        "$",
        "%2F",
        "\n",
        "\r",
        "\0",
    ]
    robots_pieces += ["Crawl-delay: ", "5", "a", "#", ":", "/a/b", "é"]
    return {
        "addresses": lambda: inner(fuzz.test_addresses)(mutate.address()),
        "hosts": lambda: inner(fuzz.test_hosts)(mutate.address()),
        "verdicts": lambda: inner(fuzz.test_every_address_has_a_verdict)(any_address()),
        "locations": lambda: inner(fuzz.test_locations)(
            mutate.raw() if rng.random() < 0.5 else mutate.address().encode("utf-8", "surrogatepass")
        ),
        "retry-after": lambda: inner(fuzz.test_retry_after)(
            [mutate.value() for _ in range(rng.randint(0, 3))], mutate.maybe_value(), rng.uniform(1, 1e6)
        ),
        "values": lambda: inner(fuzz.test_values)(mutate.value()),
        "cleaned values": lambda: inner(fuzz.test_cleaned_values)(mutate.raw()),
        "requests": lambda: inner(fuzz.test_requests_are_one_request)(
            mutate.address(), mutate.maybe_value(), mutate.maybe_value(), mutate.value()
        ),
        "judgements": lambda: inner(fuzz.test_judgements)(
            rng.randint(100, 999), fields(), rng.randbytes(rng.randint(0, 40)), rng.choice(kinds)
        ),
        "whole answers": lambda: inner(fuzz.test_whole_answers)(
            fields(), rng.randbytes(rng.randint(0, 60)), rng.randint(1, 40)
        ),
        "framing": lambda: inner(wire.test_any_bytes_in_any_pieces)(mutate.message(), cuts()),
        "content": lambda: inner(content.test_any_bytes_in_any_coding)(
            rng.randbytes(rng.randint(0, 300)), rng.choices(codings, k=rng.randint(0, 3)), rng.randint(1, 50)
        ),
        "robots": lambda: inner(robots.test_any_file)("".join(rng.choices(robots_pieces, k=rng.randint(0, 30)))),
    }


RAW_PIECES = [
    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100\r\n\r\n", b"\r\n", b"\n", b"Content-Length: 3\r\n", b"abc", b"0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n", b"X: y\r\n", b" fold\r\n", b"\r", b":", b";", b"\x00", b"ffff",
]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    fuzz = load("test_fuzz")
    mutator = Mutator(random.Random(), fuzz.ADDRESS_PIECES, fuzz.VALUE_PIECES, RAW_PIECES)
    checks = properties(mutator)
    each = -(-arguments.inputs // len(checks))
    started = time.monotonic()
    for name, check in checks.items():
        for number in range(each):
            mutator.rng.seed(f"{arguments.seed}/{name}/{number}")
            try:
                check()
            except Exception:
                print(f"{name}: input {number} of seed {arguments.seed} failed", flush=True)
                raise
        print(f"{name}: {each:,} inputs, {time.monotonic() - started:.0f} s", flush=True)
    print(f"{each * len(checks):,} inputs, no crash, no broken promise")
    return 0


if __name__ == "__main__":
    sys.exit(main())
