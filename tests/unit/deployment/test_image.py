"""The image: what the Dockerfile says, and the scripts that run in it."""

import json
import os
import re
import shlex
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCKER = ROOT / "docker"
SCRIPTS = sorted(DOCKER.glob("*.sh"))
TOOLS = Path(sys.executable).parent


def instructions(text: str) -> list[tuple[str, str]]:
    """(instruction, arguments) of a Dockerfile, with continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ")
    words = (line.partition(" ") for line in text.splitlines() if line)
    return [(word.upper(), rest.strip()) for word, _, rest in words]


def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile's instructions by stage."""
    found: list[list[tuple[str, str]]] = []
    for instruction in instructions((DOCKER / "Dockerfile").read_text("utf-8")):
        if instruction[0] == "FROM":
            found.append([])
        if found:
            found[-1].append(instruction)
    return found


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not (TOOLS / name).exists():
        pytest.skip(f"{name} is not installed; it is among the test dependencies")
    return subprocess.run([TOOLS / name, *arguments], capture_output=True, text=True, check=False)


def test_the_dockerfile_is_sound_by_hadolint():
    checked = tool("hadolint", str(DOCKER / "Dockerfile"))
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_sound_by_shellcheck_and_executable(script: Path):
    checked = tool("shellcheck", str(script))
    assert checked.returncode == 0, checked.stdout
    assert os.access(script, os.X_OK)


def test_the_base_is_one_pinned_version_of_the_python_that_the_project_supports():
    base = next(rest for word, rest in instructions((DOCKER / "Dockerfile").read_text("utf-8")) if word == "ARG")
    version = re.fullmatch(r"BASE=python:(\d+)\.(\d+)\.\d+-slim-\w+", base)
    assert version, base
    assert (int(version[1]), int(version[2])) >= (3, 11)
    assert [rest for stage in stages() for word, rest in stage if word == "FROM"] == ["${BASE} AS build", "${BASE}"]


def test_the_image_runs_as_a_numbered_user_who_owns_nothing_but_the_logs():
    last = stages()[-1]
    words = [word for word, _ in last]
    user = dict(last)["USER"]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user), user
    assert not {"RUN", "COPY"} & set(words[words.index("USER") :]), "nothing is installed after the user was changed"
    assert not any("--chown" in rest for _, rest in last)
    assert "install -d -o newswire -g newswire logs" in dict(last)["RUN"]


def test_every_copied_source_exists_and_reaches_the_build():
    """docker/Dockerfile.dockerignore lets nothing in but what it names, so it must name every source."""
    ignore = (DOCKER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    allowed = [line[1:] for line in ignore if line.startswith("!")]
    sources = [
        source
        for stage in stages()
        for word, rest in stage
        if word == "COPY" and "--from" not in rest
        for source in shlex.split(rest)[:-1]
    ]
    assert len(sources) > 5
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source in allowed, source
    assert set(allowed) == set(sources), "the build sees more than it copies"


def test_what_the_library_needs_beside_itself_is_in_the_image():
    """newswire.config.ROOT is AIRFLOW_HOME, and sql/ is looked for there."""
    copied = {rest for word, rest in stages()[-1] if word == "COPY"}
    assert {"airflow.cfg ./", "dags ./dags", "sql ./sql", "plugins ./plugins"} <= copied
    environment = dict(pair.split("=", 1) for pair in dict(stages()[-1])["ENV"].split())
    home = dict(stages()[-1])["WORKDIR"]
    assert environment["AIRFLOW_HOME"] == home
    assert environment["PYTHONPATH"] == f"{home}/plugins"


def test_only_what_the_lock_names_is_installed_and_its_hashes_are_checked():
    install = (DOCKER / "install.sh").read_text("utf-8")
    assert "--require-hashes --no-deps --only-binary :all: -r" in install
    assert dict(stages()[0])["RUN"] == "/build/install.sh /build/requirements.lock /opt/venv"
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", lock, flags=re.M))
    assert len(entries) > 100
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


def test_the_image_checks_its_health_by_the_entry_script():
    health, entry = dict(stages()[-1])["HEALTHCHECK"], json.loads(dict(stages()[-1])["ENTRYPOINT"])
    assert json.loads(health[health.index("[") :]) == [*entry, "healthy"]
    assert (DOCKER / Path(entry[0]).name).exists()


# -- the entry script


def enter(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the entry script with a stand-in for airflow and python that prints its arguments and what it can see."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name in ("airflow", "python"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*"\n')
        (programs / name).chmod(0o755)
    return subprocess.run(
        [DOCKER / "entrypoint.sh", *arguments],
        env={
            "PATH": f"{programs}:{os.environ['PATH']}",
            "SECRETS_DIR": str(folder / "secrets"),
            "PGPASSFILE": str(folder / "run" / "pgpass"),
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folder / "run" / "passwords.json"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def container(tmp_path: Path) -> Path:
    (tmp_path / "secrets").mkdir()
    return tmp_path


def test_a_part_of_airflow_is_started_in_the_place_of_the_script(container: Path):
    done = enter(container, "scheduler", "--skip-serve-logs")
    assert (done.returncode, done.stdout) == (0, "airflow scheduler --skip-serve-logs\n")


def test_any_other_command_is_run_as_it_is(container: Path):
    assert enter(container, "python", "-m", "newswire", "status").stdout == "python -m newswire status\n"


def test_migrate_brings_airflow_the_schema_and_the_catalogue_up_to_date_in_this_order(container: Path):
    assert enter(container, "migrate").stdout.splitlines() == [
        "airflow db migrate",
        "python -m newswire migrate",
        "python -m newswire catalogue sync",
    ]


def test_migrate_stops_at_the_first_failure(container: Path):
    enter(container, "migrate")
    failing = container / "failing"
    failing.mkdir()
    (failing / "airflow").write_text("#!/bin/sh\nexit 3\n")
    (failing / "airflow").chmod(0o755)
    done = enter(container, "migrate", PATH=f"{failing}:{container / 'programs'}:{os.environ['PATH']}")
    assert (done.returncode, done.stdout) == (3, "")


def test_database_passwords_go_into_a_private_file_escaped_and_are_not_printed(container: Path):
    (container / "secrets" / "pipeline_password").write_text("a:b\\c\r\n")
    (container / "secrets" / "airflow_password").write_text("plain")
    done = enter(container, "scheduler")
    passwords = container / "run" / "pgpass"
    assert passwords.read_text() == "*:*:*:airflow:plain\n*:*:*:newswire_pipeline:a\\:b\\\\c\n"
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    assert "plain" not in done.stdout + done.stderr


def test_the_operators_password_reaches_airflow_whatever_signs_it_holds(container: Path):
    (container / "secrets" / "operator_password").write_text('quote" back\\slash $HOME `id` %s\n')
    assert enter(container, "api-server").stdout == "airflow api-server\n"
    passwords = container / "run" / "passwords.json"
    assert json.loads(passwords.read_text()) == {"operator": 'quote" back\\slash $HOME `id` %s'}
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600


def test_without_the_operators_password_the_api_server_is_not_started(container: Path):
    """Airflow would make one up and print it."""
    done = enter(container, "api-server")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == "entrypoint: the api-server needs the secret operator_password\n"


def test_an_empty_secret_is_named(container: Path):
    (container / "secrets" / "fernet_key").touch()
    done = enter(container, "triggerer")
    assert (done.returncode, done.stderr) == (78, "entrypoint: the secret fernet_key is empty\n")


def test_health_is_asked_of_the_part_that_was_started_here(container: Path):
    enter(container, "dag-processor")
    assert enter(container, "healthy").stdout == f"python {DOCKER / 'healthy.py'} dag-processor\n"


def test_health_fails_where_no_part_was_started(container: Path):
    done = enter(container, "healthy")
    assert (done.returncode, done.stderr) == (78, "entrypoint: no part of Airflow was started here\n")


# -- the health check


@pytest.fixture
def api_server() -> Iterator[tuple[str, list[str]]]:
    """The address of something that answers as Airflow's api-server does, and the parts that it calls unhealthy."""
    ill: list[str] = []

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = ("metadatabase", "scheduler", "dag_processor", "triggerer")
            health = {part: {"status": "unhealthy" if part in ill else "healthy"} for part in parts}
            self.send_response(200 if self.path == "/api/v2/monitor/health" else 404)
            self.end_headers()
            self.wfile.write(json.dumps(health).encode() if self.path == "/api/v2/monitor/health" else b"not here")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/execution/", ill
        server.shutdown()


def health(container: Path, part: str, address: str) -> subprocess.CompletedProcess[str]:
    enter(container, "true")  # makes the stand-in for airflow
    return subprocess.run(
        [sys.executable, DOCKER / "healthy.py", part],
        env={"PATH": str(container / "programs"), "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        ("api-server", "metadatabase"),
        ("scheduler", "scheduler"),
        ("dag-processor", "dag_processor"),
        ("triggerer", "triggerer"),
    ],
)
def test_a_part_is_healthy_when_its_heartbeat_is(
    container: Path, api_server: tuple[str, list[str]], part: str, asked: str
):
    address, ill = api_server
    done = health(container, part, address)
    assert (done.returncode, done.stdout) == (0, f"{asked}: healthy\n")
    ill.append(asked)
    done = health(container, part, address)
    assert (done.returncode, done.stdout) == (1, f"{asked}: unhealthy\n")


NOBODY = "http://127.0.0.1:9/execution/"
"""The discard port: nothing listens there."""


@pytest.mark.parametrize(
    ("part", "job"),
    [("scheduler", "SchedulerJob"), ("dag-processor", "DagProcessorJob"), ("triggerer", "TriggererJob")],
)
def test_without_the_api_server_a_part_looks_for_its_own_heartbeat(container: Path, part: str, job: str):
    assert health(container, part, NOBODY).stdout == f"airflow jobs check --local --job-type {job}\n"


def test_an_api_server_that_does_not_answer_is_ill(container: Path):
    done = health(container, "api-server", NOBODY)
    assert done.returncode == 1
    assert "does not answer" in done.stdout


# -- the secrets


def make_secrets(folder: Path) -> str:
    made = subprocess.run([DOCKER / "make-secrets.sh", folder], capture_output=True, text=True, check=True)
    assert made.stderr == ""
    return made.stdout


def test_secrets_are_long_private_different_and_never_printed(tmp_path: Path):
    folder = tmp_path / "secrets"
    folder.mkdir()
    folder.chmod(0o755)
    printed = make_secrets(folder)
    values = {path.name: path.read_text() for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(set(values.values())) == len(values) == 9
    for name, value in values.items():
        assert re.fullmatch(r"[A-Za-z0-9_=-]{24,}", value), name
        assert value not in printed
    assert len(values["jwt_secret"]) >= 64


def test_the_fernet_key_is_one(tmp_path: Path):
    fernet = pytest.importorskip("cryptography.fernet")
    make_secrets(tmp_path / "secrets")
    fernet.Fernet((tmp_path / "secrets" / "fernet_key").read_text())


def test_secrets_that_exist_are_kept_and_a_deleted_one_is_made_anew(tmp_path: Path):
    make_secrets(tmp_path)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    (tmp_path / "jwt_secret").unlink()
    printed = make_secrets(tmp_path)
    after = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"jwt_secret"}
    assert printed.count("kept") == 8
