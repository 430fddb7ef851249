-- Maintenance: what ages out, and how large things are.

-- name: drop_old_bodies(days, most)!
-- In small steps, so that ingestion never waits. The row stays: what was fetched, when, and its hash.
update news.pages as p set body_zstd = null
from (
    select page_id, fetched_at from news.pages
    where fetched_at < now() - make_interval(days => :days) and body_zstd is not null limit :most
) as old
where p.page_id = old.page_id and p.fetched_at = old.fetched_at;

-- name: drop_old_polls(days)!
delete from news.polls where polled_at < now() - make_interval(days => :days);

-- name: drop_old_robots()!
delete from news.robots where expires_at < now() - interval '30 days';

-- name: drop_old_tdm_files()!
delete from news.tdm_files where expires_at < now() - interval '30 days';

-- name: drop_idle_hosts()!
-- Hosts that nobody holds (any more) and that owe us no wait: they come back when they are spoken to again.
delete from news.hosts
where coalesce(lease_until, '-infinity') < now() - interval '1 day' and coalesce(next_request_at, '-infinity') < now() - interval '1 day'
  and coalesce(paused_until, '-infinity') < now() - interval '1 day';

-- name: refresh_statistics()$
select news.refresh_statistics();

-- name: table_sizes()
select relname::text as name, round(pg_total_relation_size(c.oid) / 1048576.0, 1)::float8 as megabytes
from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = 'news' and c.relkind = 'r' order by 2 desc;
