"""Settings: read from the environment, checked at once, one line per mistake.

Every setting has a sane default except the database. A secret may be given as a file: `NEWSWIRE_DATABASE_URL_FILE` names
a file that holds the value of `NEWSWIRE_DATABASE_URL` (the convention of container secrets).
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from psycopg2 import ProgrammingError
from psycopg2.extensions import parse_dsn

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
"""The repository root, which is AIRFLOW_HOME: sql/ and the catalogue are found from here."""


class ConfigError(Exception):
    """A setting that cannot be used. The message is one line and says which, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may decide. See `load` for the environment variables and the defaults' reasons."""

    database_url: str
    sql_dir: Path
    catalogue: Path
    contact: str
    product_token: str
    min_gap: float
    allowed_networks: tuple[str, ...]
    denied_networks: tuple[str, ...]
    allowed_ports: tuple[int, ...]
    ca_file: str | None
    shards: int
    hosts_at_once: int
    extract_workers: int
    extract_seconds: float
    extract_megabytes: int
    max_attempts: int
    page_retention_days: int
    revisit_hours: tuple[float, ...]
    classifier: str


def load(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Read the settings from `environ` (default: the process's), `overrides` winning over it.

    Raises:
        ConfigError: a value that cannot be read, naming the variable.
    """
    env = dict(os.environ if environ is None else environ)

    def read(name: str, default: T, parse: Callable[[str], T]) -> T:
        key = name.lower()
        variable = f"NEWSWIRE_{name}"
        if (given := overrides.get(key)) is not None:
            if not isinstance(given, str):
                return given  # type: ignore[return-value]
            env[variable] = given
        raw = env.get(variable)
        if raw is None and (file := env.get(f"{variable}_FILE")):
            try:
                raw = Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ConfigError(f"{variable}_FILE: cannot read {file!r}: {error.strerror}") from None
        if raw is None or raw == "":
            return default
        try:
            return parse(raw)
        except ValueError as error:
            # A database's address holds its password, and this line goes into logs.
            given = "" if name == "DATABASE_URL" else f" (got {raw[:80]!r})"
            raise ConfigError(f"{variable}: {error}{given}") from None

    return Settings(
        database_url=read("DATABASE_URL", "", _database_url),
        sql_dir=read("SQL_DIR", ROOT / "sql", _directory),
        catalogue=read("CATALOGUE", Path(__file__).parent / "catalogue" / "catalogue.csv", Path),
        # Named in the User-Agent, so that an outlet that minds us can say so instead of blocking us.
        contact=read("CONTACT", "", str),
        # Who runs many robots may want to be addressed by another name in robots.txt (RFC 9309 section 2.2.1).
        product_token=read("PRODUCT_TOKEN", "Newswire", _product_token),
        # One request a second is what robots.txt files that name a delay most often ask for.
        min_gap=read("MIN_GAP", 1.0, _at_least(0.0, float)),
        allowed_networks=read("ALLOWED_NETWORKS", (), _networks),
        denied_networks=read("DENIED_NETWORKS", (), _networks),
        allowed_ports=read("ALLOWED_PORTS", (80, 443), _ports),
        ca_file=read("CA_FILE", None, str),
        # Tens, never thousands: an Airflow task costs about a second. Four keep two cores busy while hosts make them wait.
        shards=read("SHARDS", 4, _at_least(1, int)),
        # A host is one connection; 64 open connections are far below any limit and hide the latency of most of them.
        hosts_at_once=read("HOSTS_AT_ONCE", 64, _at_least(1, int)),
        extract_workers=read("EXTRACT_WORKERS", os.cpu_count() or 1, _at_least(1, int)),
        # A thousand times a normal page's time; only a document that attacks the parser needs longer.
        extract_seconds=read("EXTRACT_SECONDS", 30.0, _at_least(1.0, float)),
        # lxml needs about ten times a page's size; the largest page that is accepted has 8 MiB.
        extract_megabytes=read("EXTRACT_MEGABYTES", 2048, _at_least(256, int)),
        # With the backoff of newswire.pipeline.decisions these are spread over about two days.
        max_attempts=read("MAX_ATTEMPTS", 6, _at_least(1, int)),
        page_retention_days=read("PAGE_RETENTION_DAYS", 730, _at_least(1, int)),
        # Hours after publication. Corrections come mostly within the first day; what a court or an agency corrects later,
        # and what is taken down, shows after a week. 0: never.
        revisit_hours=read("REVISIT_HOURS", (24.0, 168.0), _hours),
        classifier=read("CLASSIFIER", "", str),
    )


def require_database(settings: Settings) -> str:
    """The database URL, or a ConfigError that says how to give one."""
    if not settings.database_url:
        raise ConfigError(
            "no database: set NEWSWIRE_DATABASE_URL (or --database), e.g. postgresql://newswire@localhost/newswire"
        )
    return settings.database_url


def _database_url(raw: str) -> str:
    if not raw.startswith(("postgresql://", "postgres://")):
        raise ValueError("must begin with postgresql://")
    try:
        parse_dsn(raw)
    except ProgrammingError:  # its words repeat a part of the address, which may be the password
        raise ValueError("cannot be read; write '%' in a password as '%25', '@' as '%40', '/' as '%2F'") from None
    return raw


def _product_token(raw: str) -> str:
    if not re.fullmatch(r"[A-Za-z_-]{1,64}", raw):
        raise ValueError("letters, '_' and '-' only")
    return raw


def _directory(raw: str) -> Path:
    if not Path(raw).is_dir():
        raise ValueError("is not a directory")
    return Path(raw)


def _networks(raw: str) -> tuple[str, ...]:
    """Comma-separated networks, each checked: '127.0.0.0/8, ::1/128'."""
    parts = [part.strip() for part in raw.split(",") if part.strip()]
    return tuple(str(ipaddress.ip_network(part, strict=False)) for part in parts)


def _ports(raw: str) -> tuple[int, ...]:
    ports = tuple(int(part) for part in raw.replace(" ", "").split(",") if part)
    if not all(0 < port < 65536 for port in ports):
        raise ValueError("ports are 1 to 65535")
    return ports


def _hours(raw: str) -> tuple[float, ...]:
    hours = sorted({float(part) for part in raw.replace(" ", "").split(",") if part})
    if not all(0 <= hour < 1e6 for hour in hours):
        raise ValueError("hours after publication, as in '24,168'; 0: never")
    return tuple(hour for hour in hours if hour)


def _at_least(least: T, parse: Callable[[str], T]) -> Callable[[str], T]:
    def checked(raw: str) -> T:
        value = parse(raw)
        if value < least:  # type: ignore[operator]
            raise ValueError(f"must be at least {least}")
        return value

    return checked
