-- Runs: one ledger line each.

-- name: start_run(trigger, external_id, params, version)$
-- Idempotent by external_id, so that a retried task finds its run again.
insert into news.ingest_runs (trigger, external_id, params, version)
values (:trigger, :external_id, :params::jsonb, :version)
on conflict (external_id) do update set status = 'running', finished_at = null
returning run_id;

-- name: run_of(external_id)$
select run_id from news.ingest_runs where external_id = :external_id;

-- name: finish_run(run_id, status, counts, note)!
update news.ingest_runs
set finished_at = clock_timestamp(), status = :status, counts = :counts::jsonb, note = :note
where run_id = :run_id;

-- name: run_counts(run_id)
-- What this run did: URLs first listed in it and URLs settled in it, by state and reason.
select 'listed' as what, null as reason, count(*) as urls from news.urls where first_run_id = :run_id
union all
select state, reason, count(*) from news.urls where settled_run_id = :run_id group by state, reason
union all
select 'pending', stage, count(*) from news.urls where state = 'pending' group by stage
order by 1, 2;

-- name: run_polls(run_id)
select outcome, reason, count(*) as polls, sum(new_urls) as new_urls from news.polls
where run_id = :run_id and polled_at >= (select started_at - interval '1 hour' from news.ingest_runs where run_id = :run_id)
group by outcome, reason order by outcome, reason;

-- name: run_reach(run_id)^
-- Hosts whose feeds failed in this run for the first time in a row, and the feeds, of all, that answered when last asked
-- or failed.
select (select count(distinct f.host) from news.polls as p join news.feeds as f using (feed_id)
        where p.run_id = :run_id and p.outcome in ('failed', 'rejected') and f.failures = 1
          and p.polled_at >= (select started_at - interval '1 hour' from news.ingest_runs where run_id = :run_id)) as hosts_lost,
       (select count(*) from news.feeds where status = 'active' and last_polled_at is not null and failures = 0) as feeds_well,
       (select count(*) from news.feeds where status = 'active' and failures > 0) as feeds_failing;

-- name: ledger_check()^
select listed, published, skipped, failed, pending, articles, stray, adds_up from news.ledger_check;

-- name: ledger()
select state, reason, stage, urls from news.ledger order by state, urls desc, reason, stage;

-- name: ensure_partitions(months)$
select news.ensure_partitions((now() at time zone 'UTC')::date, :months);

-- name: unknown_names(outlets, feeds)
-- Names in a selection that the catalogue has never had: a slip of the pen, which would select nothing.
select 'outlet' as what, n.name from unnest(:outlets::text[]) as n(name)
where not exists (select from news.outlets as o where o.name = n.name)
union all
select 'feed', n.name from unnest(:feeds::text[]) as n(name)
where not exists (select from news.feeds as f where f.url = n.name);

-- name: make_feeds_due(outlets, feeds)!
-- Force poll: the chosen feeds (all where null) are due now.
update news.feeds as f set next_poll_at = now(), next_poll_reason = 'asked for by an operator', updated_at = now()
from news.outlets as o
where o.outlet_id = f.outlet_id and f.status = 'active'
  and (:outlets::text[] is null or o.name = any(:outlets)) and (:feeds::text[] is null or f.url = any(:feeds));

-- name: shards_with_due_feeds(shards, outlets, feeds)
select mod(abs(hashtext(f.host)::bigint), :shards)::integer as shard, count(*) as due
from news.feeds as f join news.outlets as o using (outlet_id)
where f.status = 'active' and f.next_poll_at <= now()
  and (:outlets::text[] is null or o.name = any(:outlets)) and (:feeds::text[] is null or f.url = any(:feeds))
group by 1 order by 1;

-- name: work_due()
-- Outstanding work by station, as of now.
select stage, count(*) as urls from news.urls where stage is not null and due_at <= now() group by stage;

-- name: stuck_work(older_than)
-- Work that has been due for long: what a person should look at. Not what waits for a host that asked us to stay away
-- (a Retry-After may be a day): nobody can do anything about that.
select u.stage, u.reason, count(*) as urls, min(u.due_at) as oldest
from news.urls as u left join news.hosts as h on h.host = u.host and u.stage = 'fetch'
where u.stage is not null and u.due_at < now() - :older_than::interval and (h.paused_until is null or h.paused_until <= now())
group by u.stage, u.reason order by oldest;

-- name: shards_with_due_urls(shards)
select mod(abs(hashtext(u.host)::bigint), :shards)::integer as shard, count(*) as due
from news.urls as u left join news.hosts as h on h.host = u.host
where u.stage = 'fetch' and u.due_at <= now() and (h.paused_until is null or h.paused_until <= now())
group by 1 order by 1;

-- name: newest_conflict_articles(most)
select title, outlet, language, probability, centrality, evidence, topics, shown_at, url
from news.conflict_articles order by shown_at desc, article_id desc limit :most;

-- name: feed_summary()^
select count(*) filter (where status = 'active') as active, count(*) filter (where status = 'active' and next_poll_at <= now()) as due,
       count(*) filter (where alarm is not null and status in ('active', 'retired')) as alarmed, count(*) filter (where status = 'active' and failures > 0) as failing,
       count(*) as feeds
from news.feeds;

-- name: polls_of_run(run_id)
select f.url, p.outcome, p.reason, p.detail, p.http_status, p.final_url, p.entries, p.new_urls, p.changed_entries, p.problems,
       p.elapsed_ms, p.next_poll_at, p.next_poll_reason, f.status, f.alarm, f.etag, f.last_modified, f.proposed_url
from news.polls as p join news.feeds as f using (feed_id) where p.run_id = :run_id order by f.url, p.polled_at;

-- name: url_states()
select u.canonical_url as url, u.state, u.reason, u.detail, u.stage, u.due_at, u.attempts,
       a.title, a.language, a.label, a.probability, a.published_at, a.revision, a.story_id, a.gone_at, a.quality_flags
from news.urls as u left join news.articles as r using (url_id) left join news.published_articles as a on a.article_id = r.article_id
order by u.url_id;

-- name: standing_alarms()
select kind, subject, message, raised_at from news.alarms where cleared_at is null order by raised_at;

-- name: recent_runs(most)
select run_id, trigger, started_at, finished_at, status, note from news.ingest_runs order by run_id desc limit :most;
