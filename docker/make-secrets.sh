#!/bin/sh
# Makes the secrets that are missing: make-secrets.sh [FOLDER]   (default: secrets/ beside this script)
# Nothing is printed but names; what exists is kept, so it may be run again. To rotate a secret: delete its file first.
#
# The folder is the lock: 0700, nobody else on this host gets in. The files in it are 0444, because Compose mounts each
# of them into containers as it is, where other users (of the image and of Postgres) must read it.
set -eu
folder=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"
chmod 0700 "$folder"

# make NAME BYTES: random bytes in URL-safe base64, which need no escaping anywhere and are what a Fernet key looks like.
make() {
    if [ -s "$folder/$1" ]; then
        echo "kept    $1"
        return
    fi
    head -c "$2" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_' >"$folder/$1.new"
    chmod 0444 "$folder/$1.new"
    mv "$folder/$1.new" "$folder/$1"
    echo "made    $1"
}

for password in postgres_password owner_password pipeline_password analyst_password airflow_password operator_password; do
    make "$password" 18
done
make fernet_key 32
make session_secret 48
make jwt_secret 64 # HS512 wants as many bytes as its digest has
