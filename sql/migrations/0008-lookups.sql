-- Indexes for what is asked every ten minutes and every night of tables that only grow. Building them keeps writers of
-- the two tables waiting for some seconds per million rows; nothing is lost by it.

-- The report of each run counts what was settled in it.
create index urls_by_settled_run on news.urls (settled_run_id);

-- Retention looks for old pages that still have a body, and must not read through all those that have none any more.
create index pages_with_body on news.pages (fetched_at) where body_zstd is not null;
