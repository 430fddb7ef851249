-- Who may do what. Run after the migrations (newswire migrate does it) by a superuser or an owner with CREATEROLE; safe
-- to run again.
-- The roles are groups without a password; a deployment grants them to its own login users, or sets LOGIN (see docker/).

do $roles$
begin
    if not exists (select from pg_roles where rolname = 'newswire_owner') then create role newswire_owner nologin; end if;
    if not exists (select from pg_roles where rolname = 'newswire_ingest') then create role newswire_ingest nologin; end if;
    if not exists (select from pg_roles where rolname = 'newswire_analyst') then create role newswire_analyst nologin; end if;
end
$roles$;

-- The pipeline reads and writes rows; it neither drops nor alters tables. Partitions are made by the owner's function.
grant usage on schema news to newswire_ingest, newswire_analyst;
grant select, insert, update, delete on all tables in schema news to newswire_ingest;
grant usage on all sequences in schema news to newswire_ingest;
grant execute on all functions in schema news to newswire_ingest;

-- The analyst reads, and a runaway query ends by itself after five minutes: long enough for a scan of the archive's
-- metadata, short enough that a forgotten notebook does not hold back vacuum for a night.
grant select on all tables in schema news to newswire_analyst;
alter role newswire_analyst set statement_timeout = '5min';
alter role newswire_analyst set default_transaction_read_only = on;
-- A day is a UTC day in every figure, wherever the server stands.
alter role newswire_analyst set timezone = 'UTC';
alter role newswire_analyst set idle_in_transaction_session_timeout = '10min';
