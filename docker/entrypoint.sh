#!/bin/sh
# Runs one part of Newswire in a container:
#     entrypoint.sh api-server | scheduler | dag-processor | triggerer    a part of Airflow
#     entrypoint.sh migrate                                               bring both databases up to date, and leave
#     entrypoint.sh healthy                                               whether the part of this container is alive
#     entrypoint.sh COMMAND …                                             any other command, with the same secrets
#
# Secrets are files in /run/secrets. Airflow reads its keys from there by itself (AIRFLOW__…_CMD); passwords of the
# databases go into a libpq password file, because a password in a URL or in the environment turns up in error
# messages, process lists and `docker inspect`. A deployment without such files sets AIRFLOW__… and NEWSWIRE_… itself.
set -eu
umask 077

secrets=${SECRETS_DIR:-/run/secrets}
runtime=$(dirname "$PGPASSFILE")

fail() {
    echo "entrypoint: $1" >&2
    exit 78 # EX_CONFIG
}

# secret NAME: its value, whether or not an editor left a line break behind it.
secret() {
    tr -d '\r\n' <"$secrets/$1"
}

write_database_passwords() {
    : >"$PGPASSFILE.$$"
    for login in airflow:airflow_password newswire_owner:owner_password newswire_pipeline:pipeline_password \
        newswire_analyst:analyst_password; do
        if [ -e "$secrets/${login#*:}" ]; then
            password=$(secret "${login#*:}" | sed 's/[\\:]/\\&/g')
            printf '*:*:*:%s:%s\n' "${login%%:*}" "$password" >>"$PGPASSFILE.$$"
        fi
    done
    mv "$PGPASSFILE.$$" "$PGPASSFILE"
}

write_operator_password() {
    # Without one, Airflow would make one up and print it into the log.
    [ -e "$secrets/operator_password" ] || fail "the api-server needs the secret operator_password"
    password=$(secret operator_password | sed 's/["\\]/\\&/g')
    printf '{"operator": "%s"}\n' "$password" >"$AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"
}

[ $# -gt 0 ] || fail "say what to run"
if [ "$1" = healthy ]; then
    [ -e "$runtime/part" ] || fail "no part of Airflow was started here"
    exec python "$(dirname "$0")/healthy.py" "$(cat "$runtime/part")"
fi

for file in "$secrets"/*; do
    [ -e "$file" ] || continue
    [ -r "$file" ] || fail "the secret ${file##*/} cannot be read by user $(id -u)"
    [ -s "$file" ] || fail "the secret ${file##*/} is empty"
done
mkdir -p "$runtime"
write_database_passwords

case $1 in
migrate)
    airflow db migrate
    python -m newswire migrate
    python -m newswire catalogue sync
    exit
    ;;
api-server | scheduler | dag-processor | triggerer)
    echo "$1" >"$runtime/part"
    [ "$1" != api-server ] || write_operator_password
    set -- airflow "$@"
    ;;
esac
exec "$@"
