-- Fetching: URLs out, pages in.

-- name: urls_to_fetch(hosts, outlets, per_host, as_of)
-- Due URLs of the hosts that this worker holds, oldest first, at most per_host of each.
select u.url_id, u.fetch_url, u.host, u.state, u.attempts, u.first_listed_at, p.etag, p.last_modified, p.body_hash
from unnest(:hosts::text[]) as h(host)
cross join lateral (
    select u.* from news.urls as u join news.outlets as o using (outlet_id)
    where u.host = h.host and u.stage = 'fetch' and u.due_at <= :as_of
      and (:outlets::text[] is null or o.name = any(:outlets))
    order by u.due_at, u.url_id limit :per_host
) as u
left join news.pages as p on p.page_id = u.page_id and p.fetched_at = u.page_fetched_at;

-- name: insert_pages(rows, bodies, run_id)
-- Archive pages and hand their URLs on to extraction. A URL that has left the stage meanwhile is passed over.
with incoming as (
    select r.*, b.body
    from jsonb_to_recordset(:rows::jsonb) as r(n integer, url_id bigint, fetched_at timestamptz, final_url text,
        http_status integer, content_type text, headers jsonb, redirects jsonb, signals jsonb, etag text,
        last_modified text, body_hash text, body_bytes bigint, wire_bytes bigint, elapsed_ms integer)
    join unnest(:bodies::bytea[]) with ordinality as b(body, n) on b.n = r.n
), ready as (
    select u.url_id from news.urls as u where u.url_id in (select url_id from incoming) and u.stage = 'fetch'
    order by u.url_id for update
), archived as (
    insert into news.pages (url_id, run_id, fetched_at, final_url, http_status, content_type, headers, redirects, signals,
                            etag, last_modified, body_zstd, body_hash, body_bytes, wire_bytes, elapsed_ms)
    select i.url_id, :run_id, i.fetched_at, i.final_url, i.http_status, i.content_type, i.headers, i.redirects, i.signals,
           i.etag, i.last_modified, i.body, i.body_hash, i.body_bytes, i.wire_bytes, i.elapsed_ms
    from incoming as i join ready using (url_id)
    returning page_id, url_id, fetched_at
)
update news.urls as u set stage = 'extract', due_at = now(), attempts = 0, visits = visits + 1,
    page_id = a.page_id, page_fetched_at = a.fetched_at
from archived as a where a.url_id = u.url_id
returning u.url_id;

-- name: published_ages(url_ids)
-- How long ago articles were published, in seconds.
select url_id, extract(epoch from now() - settled_at)::float8 as age from news.urls
where url_id = any(:url_ids::bigint[]) and state = 'published';

-- name: settle_urls(rows, stage, run_id)
-- Move URLs on: to a state with a reason, or to the same stage later. Only those still at the stage are touched.
update news.urls as u set
    state = r.state, reason = r.reason, detail = r.detail, stage = r.stage,
    due_at = case when r.stage is null then null else now() + make_interval(secs => coalesce(r.due_in, 0)) end,
    attempts = r.attempts, visits = u.visits + r.visited::integer, lease_owner = null, lease_until = null,
    settled_at = case when r.state = 'pending' or r.state = u.state then u.settled_at else now() end,
    settled_run_id = case when r.state = 'pending' or r.state = u.state then u.settled_run_id else :run_id::bigint end
from jsonb_to_recordset(:rows::jsonb) as r(url_id bigint, state text, reason text, detail text, stage text, due_in float8,
                                    attempts integer, visited boolean)
where u.url_id = r.url_id and u.stage = :stage
returning u.url_id;

-- name: mark_gone(rows)!
-- The outlet took published articles down; what we have is kept.
update news.articles as a set gone_at = now(), gone_reason = r.reason
from jsonb_to_recordset(:rows::jsonb) as r(url_id bigint, reason text)
where a.url_id = r.url_id and a.gone_at is null;

-- name: mark_back(url_ids)!
update news.articles set gone_at = null, gone_reason = null where url_id = any(:url_ids::bigint[]) and gone_at is not null;

-- name: make_revisits_due()!
-- Published articles that wait for a revisit are visited now (the demo and the tests do not wait a day).
update news.urls set due_at = now() where state = 'published' and stage = 'fetch';

-- name: urls_by_identity(identities)
select i.identity, u.canonical_url, o.name as outlet, u.state, u.reason, u.detail, u.stage, u.due_at, u.attempts,
       u.first_listed_at, u.settled_at
from unnest(:identities::text[]) as i(identity)
join news.urls as u on u.url_hash = sha256(convert_to(i.identity, 'UTF8')) join news.outlets as o using (outlet_id)
order by u.url_id;

-- name: fetch_again(identities, reasons, outlets)
-- Back to the fetch station, by the ledger's own way: what is settled and no article, and has an address.
with chosen as (
    select u.url_id, u.state, u.reason from news.urls as u join news.outlets as o using (outlet_id)
    where u.state in ('skipped', 'failed') and u.stage is null and u.fetch_url <> ''
      and (:reasons::text[] is null or u.reason = any(:reasons)) and (:outlets::text[] is null or o.name = any(:outlets))
      and (:identities::text[] is null
           or u.url_hash = any(array(select sha256(convert_to(i, 'UTF8')) from unnest(:identities::text[]) as i)))
    order by u.url_id for update of u
), moved as (
    update news.urls as u
    set state = 'pending', stage = 'fetch', due_at = now(), reason = null, detail = null, attempts = 0, settled_at = null,
        settled_run_id = null
    from chosen where u.url_id = chosen.url_id
)
select state, reason, count(*) as urls from chosen group by state, reason order by urls desc, reason;
