"""Settings: read from the environment, checked at once, one line per mistake.

Every setting has a sane default except the database. A secret may be given as a file: `NEWSWIRE_DATABASE_URL_FILE` names
a file that holds the value of `NEWSWIRE_DATABASE_URL` (the convention of container secrets).
"""

from __future__ import annotations

import difflib
import importlib.util
import ipaddress
import logging
import math
import os
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TypeVar

from psycopg2 import ProgrammingError
from psycopg2.extensions import parse_dsn

T = TypeVar("T")
Number = TypeVar("Number", int, float)

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
"""The repository root, which is AIRFLOW_HOME: sql/ and the catalogue are found from here."""


OTHER_NAMES = frozenset(
    f"NEWSWIRE_{name}" for name in ("STACK", "ENCODER", "ENCODER_HEAD", "IMAGE", "SHARED", "FUZZ", "REBUILD")
)
"""Names that are read elsewhere: by the local stack, the encoder, docker/compose.yaml and the tests."""


class ConfigError(Exception):
    """A setting that cannot be used. The message is one line and says which, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may decide. See `load` for the environment variables and the defaults' reasons."""

    database_url: str
    sql_dir: Path
    catalogue: Path
    schedule: str
    contact: str
    product_token: str
    min_gap: float
    allowed_networks: tuple[str, ...]
    denied_networks: tuple[str, ...]
    allowed_ports: tuple[int, ...]
    ca_file: str | None
    honour_tdm: bool
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

    A NEWSWIRE_… name that is no setting is logged as a warning, not refused: a platform sets names of its own
    (Kubernetes, for a service called newswire, NEWSWIRE_SERVICE_HOST).

    Raises:
        ConfigError: a value that cannot be used, naming the variable.
    """
    env = dict(os.environ if environ is None else environ)
    for words in unknown_names(env):
        _warn_once(words)

    def read(name: str, default: T, parse: Callable[[str], T], *, empty_is_default: bool = True) -> T:
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
        if raw is None or (raw == "" and empty_is_default):
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
        catalogue=read("CATALOGUE", Path(__file__).parent / "catalogue" / "catalogue.csv", _file),
        # How often ingest_news looks for what is due; empty: only by hand. The DAG reads the variable by itself, to be
        # parsed without imports: what Airflow could not parse must be refused here, or the DAG would just vanish.
        schedule=read("SCHEDULE", "*/10 * * * *", _schedule, empty_is_default=False),
        # Named in the User-Agent, so that an outlet that minds us can say so instead of blocking us.
        contact=read("CONTACT", "", _contact),
        # Who runs many robots may want to be addressed by another name in robots.txt (RFC 9309 section 2.2.1).
        product_token=read("PRODUCT_TOKEN", "Newswire", _product_token),
        # One request a second is what robots.txt files that name a delay most often ask for.
        min_gap=read("MIN_GAP", 1.0, _at_least(0.0, _number)),
        allowed_networks=read("ALLOWED_NETWORKS", (), _networks),
        denied_networks=read("DENIED_NETWORKS", (), _networks),
        allowed_ports=read("ALLOWED_PORTS", (80, 443), _ports),
        ca_file=read("CA_FILE", None, _ca_file),
        # Art. 4 of Directive (EU) 2019/790 lets outlets reserve text and data mining; Art. 3 exempts scientific research,
        # and other countries have other laws.
        honour_tdm=read("HONOUR_TDM", True, _yes_or_no),
        # Tens, never thousands: an Airflow task costs about a second. Four keep two cores busy while hosts make them wait.
        shards=read("SHARDS", 4, _at_least(1, _whole)),
        # A host is one connection; 64 open connections are far below any limit and hide the latency of most of them.
        hosts_at_once=read("HOSTS_AT_ONCE", 64, _at_least(1, _whole)),
        extract_workers=read("EXTRACT_WORKERS", os.cpu_count() or 1, _at_least(1, _whole)),
        # A thousand times a normal page's time; only a document that attacks the parser needs longer.
        extract_seconds=read("EXTRACT_SECONDS", 30.0, _at_least(1.0, _number)),
        # lxml needs about ten times a page's size; the largest page that is accepted has 8 MiB.
        extract_megabytes=read("EXTRACT_MEGABYTES", 2048, _at_least(256, _whole)),
        # With the backoff of newswire.pipeline.decisions these are spread over about two days.
        max_attempts=read("MAX_ATTEMPTS", 6, _at_least(1, _whole)),
        page_retention_days=read("PAGE_RETENTION_DAYS", 730, _at_least(1, _whole)),
        # Hours after publication. Corrections come mostly within the first day; what a court or an agency corrects later,
        # and what is taken down, shows after a week. 0: never.
        revisit_hours=read("REVISIT_HOURS", (24.0, 168.0), _hours),
        classifier=read("CLASSIFIER", "", _classifier),
    )


@cache
def _warn_once(words: str) -> None:
    log.warning(words)


def unknown_names(environ: Mapping[str, str]) -> list[str]:
    """One line for each NEWSWIRE_… name that nothing reads, with the setting that was probably meant."""
    settings = [f"NEWSWIRE_{field.name.upper()}" for field in fields(Settings)]
    known = OTHER_NAMES.union(settings, (f"{name}_FILE" for name in settings))
    lines = []
    for name in sorted(environ):
        if not name.startswith("NEWSWIRE_") or name in known:
            continue
        near = difflib.get_close_matches(name, settings, 1, cutoff=0.75)
        lines.append(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else ""))
    return lines


def as_typed(settings: Settings) -> dict[str, str]:
    """Each setting's variable and its value as one would type it: `load` reads the same settings from it."""
    return {f"NEWSWIRE_{name.upper()}": _typed(name, value) for name, value in asdict(settings).items()}


def _typed(name: str, value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(_typed(name, part) for part in value) or ("0" if name == "revisit_hours" else "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else str(value)


def require_database(settings: Settings) -> str:
    """The database URL, or a ConfigError that says how to give one."""
    if not settings.database_url:
        raise ConfigError(
            "no database: give --database or NEWSWIRE_DATABASE_URL (postgresql://USER@HOST/DATABASE), "
            "or start this machine's own with 'make up'"
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


def _file(raw: str) -> Path:
    if not Path(raw).is_file():
        raise ValueError("is not a file")
    return Path(raw)


def _ca_file(raw: str) -> str:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(_file(raw))
    except OSError as error:  # an SSLError is one
        raise ValueError(f"holds no certificates that can be read: {error.strerror or error}") from None
    return raw


def _contact(raw: str) -> str:
    # It becomes part of a header: a line break would begin another one.
    if not (raw.isascii() and raw.isprintable()):
        raise ValueError("must be one line of ASCII, a mail address or the address of a page")
    return raw


def _schedule(raw: str) -> str:
    from croniter import CroniterError, croniter  # what Airflow reads it with

    try:
        if raw:
            croniter(raw)
    except CroniterError:
        raise ValueError("must be a cron expression, as in '*/10 * * * *'; empty: only by hand") from None
    return raw


def _classifier(raw: str) -> str:
    module, _, factory = raw.partition(":")
    try:
        found = factory.isidentifier() and importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        found = False
    if not found:
        raise ValueError("must be module:factory of a module that can be imported")
    return raw


def _networks(raw: str) -> tuple[str, ...]:
    """Comma-separated networks, each checked: '127.0.0.0/8, ::1/128'."""
    parts = [part.strip() for part in raw.split(",") if part.strip()]
    return tuple(str(ipaddress.ip_network(part, strict=False)) for part in parts)


def _ports(raw: str) -> tuple[int, ...]:
    ports = tuple(_whole(part) for part in raw.split(",") if part.strip())
    if not ports or not all(0 < port < 65536 for port in ports):
        raise ValueError("ports are 1 to 65535")
    return ports


def _hours(raw: str) -> tuple[float, ...]:
    try:
        hours = sorted({_number(part) for part in raw.split(",") if part.strip()})
    except ValueError:
        hours = [-1]
    if not all(0 <= hour < 1e6 for hour in hours):
        raise ValueError("must be hours after publication, as in '24,168'; 0: never")
    return tuple(hour for hour in hours if hour)


def _number(raw: str) -> float:
    """A finite number: float() takes 'nan' and 'inf' too, and no comparison with nan is true."""
    try:
        value = float(raw)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError("must be a number")
    return value


def _yes_or_no(raw: str) -> bool:
    if raw not in ("yes", "no"):
        raise ValueError("must be yes or no")
    return raw == "yes"


def _whole(raw: str) -> int:
    try:
        return int(raw)
    except ValueError:
        raise ValueError("must be a whole number") from None


def _at_least(least: Number, parse: Callable[[str], Number]) -> Callable[[str], Number]:
    def checked(raw: str) -> Number:
        value = parse(raw)
        if value < least:
            raise ValueError(f"must be at least {least:g}")
        return value

    return checked
