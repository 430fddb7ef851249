"""`python -m newswire.newsroom`: serve the sample newsroom until told to stop."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from newswire.newsroom.server import describe, serve


def main(arguments: list[str] | None = None) -> int:
    """Run the server. Prints one JSON line when it listens; ends on SIGTERM, SIGINT or after --max-seconds."""
    parser = argparse.ArgumentParser(
        prog="python -m newswire.newsroom", description="Serve the sample newsroom on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="port of all outlets; 0 (default) chooses a free one")
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="also write the catalogue to this file")
    parser.add_argument("--max-seconds", type=float, help="end by itself after this time")
    options = parser.parse_args(arguments)
    try:
        asyncio.run(_run(options.port, options.catalogue, options.max_seconds))
    except OSError as error:
        print(f"newsroom: {error}", file=sys.stderr)
        return 1
    return 0


async def _run(port: int, catalogue: Path | None, max_seconds: float | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with serve(port) as newsroom:
        if catalogue is not None:
            catalogue.write_text(newsroom.catalogue_csv(), encoding="utf-8")
        print(describe(newsroom), flush=True)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), max_seconds)


if __name__ == "__main__":
    sys.exit(main())
