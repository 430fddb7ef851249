-- Overview: what the page in Airflow shows. Read-only, and bounded, since a browser waits for it.

-- name: read_only(timeout)^
-- For this transaction: nothing is written, and no statement takes long.
select set_config('transaction_read_only', 'on', true) as read_only, set_config('statement_timeout', :timeout, true) as timeout;

-- name: feeds_to_watch(most)
-- Feeds with something wrong first, then those polled next.
select outlet, url, status, status_note, last_polled_at, last_outcome, newest_entry_at, next_poll_at, next_poll_reason, failures, alarm,
       alarm_since, proposed_url
from news.feed_health
where status <> 'removed'
order by alarm is null, failures = 0, next_poll_at, url
limit :most;

-- name: newest_alarms(most)
select kind, subject, message, raised_at, seen_at from news.alarms where cleared_at is null order by raised_at desc, alarm_id limit :most;

-- name: run_lines(most)
select run_id, trigger, started_at, finished_at, status, note, counts ->> 'listed' as listed, counts ->> 'published' as published
from news.ingest_runs order by run_id desc limit :most;
