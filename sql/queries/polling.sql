-- Polling: feeds out, polls and listings in.

-- name: feeds_to_poll(hosts, outlets, feeds, as_of)
select f.feed_id, f.url, f.host, f.outlet_id, o.name as outlet, o.homepage, o.time_zone, o.language, f.etag, f.last_modified,
       f.body_hash, f.unconditional_next, f.history, f.failures, f.newest_entry_at, f.alarm
from news.feeds as f join news.outlets as o using (outlet_id)
where f.host = any(:hosts::text[]) and f.status = 'active' and f.next_poll_at <= :as_of
  and (:outlets::text[] is null or o.name = any(:outlets)) and (:feeds::text[] is null or f.url = any(:feeds))
order by f.host, f.next_poll_at;

-- name: insert_urls(rows, run_id)!
-- URLs that nobody listed before. An entry whose address cannot be fetched is settled at once, with its reason.
insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, state, reason, detail, stage, due_at,
                       first_run_id, settled_at, settled_run_id)
select sha256(convert_to(r.identity, 'UTF8')), r.canonical_url, r.fetch_url, r.host, r.outlet_id,
       case when r.reason is null then 'pending' else 'skipped' end, r.reason, r.detail,
       case when r.reason is null then 'fetch' end, case when r.reason is null then now() end,
       :run_id, case when r.reason is not null then now() end, case when r.reason is not null then :run_id::bigint end
from jsonb_to_recordset(:rows::jsonb) as r(identity text, canonical_url text, fetch_url text, host text, outlet_id bigint,
                                    reason text, detail text)
order by 1
on conflict (url_hash) do nothing;

-- name: upsert_listings(rows, run_id)
-- Entries of feeds. Known and unchanged ones cost nothing; `inserted` tells new from changed.
insert into news.listings as l (feed_id, url_id, listed_url, guid, title, summary, content, authors, published_at,
                                published_precision, published_raw, language, fingerprint, first_seen_at, first_run_id)
select r.feed_id, u.url_id, r.listed_url, r.guid, r.title, r.summary, r.content, coalesce(r.authors, '{}'), r.published_at,
       r.published_precision, r.published_raw, r.language, r.fingerprint, r.seen_at, :run_id
from jsonb_to_recordset(:rows::jsonb) as r(identity text, feed_id bigint, listed_url text, guid text, title text, summary text,
                                    content text, authors text[], published_at timestamptz, published_precision text,
                                    published_raw text, language text, fingerprint text, seen_at timestamptz)
join news.urls as u on u.url_hash = sha256(convert_to(r.identity, 'UTF8'))
order by r.feed_id, u.url_id
on conflict (feed_id, url_id) do update set
    title = excluded.title, summary = excluded.summary, content = excluded.content, authors = excluded.authors,
    published_at = excluded.published_at, published_precision = excluded.published_precision,
    published_raw = excluded.published_raw, fingerprint = excluded.fingerprint, changed_at = excluded.first_seen_at
where l.fingerprint <> excluded.fingerprint
returning l.feed_id, l.url_id, (xmax = 0) as inserted;

-- name: revisit_urls(url_ids)!
-- The feed says that these changed: fetch again what is published and idle. Some feeds say so at every poll (a count of
-- comments, the time of the request), so each visit makes the next one wait: at once, then 10, 30, 70, 150 minutes after
-- publication, some ten visits in a week. One that failed keeps its own waiting time.
update news.urls
set stage = 'fetch',
    due_at = least(due_at, greatest(now(), settled_at + interval '10 minutes' * (2 ^ least(greatest(visits - 1, 0), 12) - 1)))
where url_id = any(:url_ids::bigint[]) and state = 'published' and (stage is null or stage = 'fetch') and attempts = 0;

-- name: insert_polls(rows, run_id)!
-- A poll is known by its feed and time: a chunk that is written again after a lost connection stores it once.
insert into news.polls (feed_id, run_id, polled_at, outcome, reason, detail, http_status, final_url, elapsed_ms, wire_bytes,
                        entries, new_urls, changed_entries, problems, next_poll_at, next_poll_reason)
select feed_id, :run_id, polled_at, outcome, reason, detail, http_status, final_url, elapsed_ms, wire_bytes,
       coalesce(entries, 0), coalesce(new_urls, 0), coalesce(changed_entries, 0), coalesce(problems, '{}'), next_poll_at, next_poll_reason
from jsonb_to_recordset(:rows::jsonb) as r(feed_id bigint, polled_at timestamptz, outcome text, reason text, detail text,
    http_status integer, final_url text, elapsed_ms integer, wire_bytes bigint, entries integer, new_urls integer,
    changed_entries integer, problems text[], next_poll_at timestamptz, next_poll_reason text)
where not exists (select from news.polls as p where p.feed_id = r.feed_id and p.polled_at = r.polled_at);

-- name: update_feeds(rows)!
-- What a poll taught us about the feed. Validators are replaced only by a good answer (keep_validators is false then).
-- One that was paused or removed while it was asked stays so.
update news.feeds as f set
    etag = case when r.keep_validators then f.etag else r.etag end,
    last_modified = case when r.keep_validators then f.last_modified else r.last_modified end,
    body_hash = case when r.keep_validators then f.body_hash else r.body_hash end,
    url = coalesce(r.moved_to, f.url), host = coalesce(r.moved_host, f.host),
    listed_url = case when r.moved_to is null then f.listed_url else coalesce(f.listed_url, f.url) end,
    status = case f.status when 'active' then coalesce(r.status, f.status) else f.status end,
    status_note = case f.status when 'active' then coalesce(r.status_note, f.status_note) else f.status_note end,
    next_poll_at = r.next_poll_at, next_poll_reason = r.next_poll_reason, last_polled_at = r.polled_at,
    last_outcome = r.outcome, last_success_at = case when r.failures = 0 then r.polled_at else f.last_success_at end,
    newest_entry_at = greatest(f.newest_entry_at, r.newest_entry_at), failures = r.failures, history = r.history, unconditional_next = r.unconditional_next,
    alarm = r.alarm, alarm_since = case when r.alarm is null then null else coalesce(f.alarm_since, r.polled_at) end,
    proposed_url = coalesce(r.proposed_url, f.proposed_url), proposed_because = coalesce(r.proposed_because, f.proposed_because),
    updated_at = now()
from jsonb_to_recordset(:rows::jsonb) as r(feed_id bigint, polled_at timestamptz, outcome text, keep_validators boolean,
    etag text, last_modified text, body_hash text, moved_to text, moved_host text, status text, status_note text,
    next_poll_at timestamptz, next_poll_reason text, newest_entry_at timestamptz, failures integer, history jsonb, unconditional_next boolean,
    alarm text, proposed_url text, proposed_because text)
where f.feed_id = r.feed_id;

-- name: feed_url_taken(url)$
select exists (select from news.feeds where url = :url);
