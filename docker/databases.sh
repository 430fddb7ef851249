#!/bin/sh
# Makes the logins and the two databases. Postgres runs it on its first start; run it again after a password changed:
#     docker compose exec postgres /docker-entrypoint-initdb.d/databases.sh
#
# Who logs in:  newswire_owner     owns the database newswire; only `migrate` uses it
#               newswire_pipeline  the tasks; has the rights of newswire_ingest
#               newswire_analyst   people and tools that read
#               airflow            owns the database airflow
# What each may do in the schema news is said in sql/roles.sql.
set -eu
SECRETS_DIR=${SECRETS_DIR:-/run/secrets}
export SECRETS_DIR

psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<'SQL'
\set owner_password    `cat "$SECRETS_DIR/owner_password"`
\set pipeline_password `cat "$SECRETS_DIR/pipeline_password"`
\set analyst_password  `cat "$SECRETS_DIR/analyst_password"`
\set airflow_password  `cat "$SECRETS_DIR/airflow_password"`
-- A statement that fails is written to the server's log, and these hold passwords.
set log_min_error_statement = panic;
set client_min_messages = warning;

select format('create role %I', name)
from unnest(array['newswire_owner', 'newswire_ingest', 'newswire_pipeline', 'newswire_analyst', 'airflow']) as name
where not exists (select from pg_roles where rolname = name)
\gexec
-- createrole: sql/roles.sql sets the analyst's limits at each migration.
alter role newswire_owner    login createrole password :'owner_password';
alter role newswire_pipeline login password :'pipeline_password';
alter role newswire_analyst  login password :'analyst_password' connection limit 20;
alter role airflow           login password :'airflow_password';
grant newswire_ingest to newswire_pipeline;
grant newswire_ingest, newswire_analyst to newswire_owner with admin option;

select format('create database %I owner %I', name, owner)
from (values ('newswire', 'newswire_owner'), ('airflow', 'airflow')) as wanted (name, owner)
where not exists (select from pg_database where datname = name)
\gexec
-- Nobody reaches a database that is not theirs.
revoke all on database newswire, airflow, postgres from public;
grant connect, temporary on database newswire to newswire_ingest;
grant connect on database newswire to newswire_analyst;
SQL
