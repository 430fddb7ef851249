-- Catalogue: outlets and feeds from the file into the database.

-- name: upsert_outlets(rows)!
-- Outlets by name; facts that the catalogue does not give are left as they are.
insert into news.outlets (name, country, language, homepage, site, kind, time_zone, perspective_note, terms_note)
select name, coalesce(country, 'XX'), language, homepage, site, coalesce(kind, 'news'), coalesce(time_zone, 'UTC'),
       perspective_note, terms_note
from jsonb_to_recordset(:rows::jsonb) as r(name text, country text, language text, homepage text, site text, kind text,
                                    time_zone text, perspective_note text, terms_note text)
order by name
on conflict (name) do update set
    country = excluded.country, language = excluded.language, homepage = excluded.homepage, site = excluded.site,
    kind = excluded.kind, time_zone = excluded.time_zone, perspective_note = excluded.perspective_note,
    terms_note = excluded.terms_note, updated_at = now()
where (outlets.country, outlets.language, outlets.homepage, outlets.site, outlets.kind, outlets.time_zone,
       outlets.perspective_note, outlets.terms_note)
      is distinct from (excluded.country, excluded.language, excluded.homepage, excluded.site, excluded.kind,
                        excluded.time_zone, excluded.perspective_note, excluded.terms_note);

-- name: upsert_feeds(rows)
-- Feeds by address, those that moved by the old one too (but for one that is dead at the new one). A feed that the
-- catalogue lists again after its removal is polled again; one that an operator paused stays paused.
insert into news.feeds (outlet_id, url, host)
select distinct on (coalesce(m.url, r.url)) o.outlet_id, coalesce(m.url, r.url), coalesce(m.host, r.host)
from jsonb_to_recordset(:rows::jsonb) as r(outlet text, url text, host text)
join news.outlets as o on o.name = r.outlet
left join lateral (
    select url, host from news.feeds as f where f.listed_url = r.url and f.status <> 'retired' order by feed_id desc limit 1
) as m on true
order by coalesce(m.url, r.url), m.url
on conflict (url) do update set
    outlet_id = excluded.outlet_id, host = excluded.host, updated_at = now(),
    status = case feeds.status when 'removed' then 'active' else feeds.status end,
    status_note = case feeds.status when 'removed' then 'listed in the catalogue again' else feeds.status_note end
where (feeds.outlet_id, feeds.host) is distinct from (excluded.outlet_id, excluded.host) or feeds.status = 'removed'
returning feed_id, (xmax = 0) as inserted;

-- name: remove_feeds_not_listed(urls)!
-- A feed that left the catalogue is no longer polled; what it brought stays. A paused one is not polled either, and stays
-- paused: the operator's word must outlive a catalogue that drops the feed and lists it again.
update news.feeds set status = 'removed', status_note = 'no longer in the catalogue', updated_at = now()
where status not in ('removed', 'paused') and not (url = any(:urls::text[]) or coalesce(listed_url, url) = any(:urls::text[]));

-- name: outlet_for_site(site, host)$
-- The outlet that owns a site, made when no catalogue names it.
with known as (
    select outlet_id from news.outlets where site = :site order by outlet_id limit 1
), made as (
    insert into news.outlets (name, country, kind, site, homepage)
    select :host, 'XX', 'unlisted', :site, 'https://' || :host || '/'
    where not exists (select from known)
    on conflict (name) do update set site = excluded.site
    returning outlet_id
)
select outlet_id from known union all select outlet_id from made limit 1;

-- name: feeds_by_name(feeds, outlets)
-- The feeds at these addresses (that of the catalogue too, where one has moved) and all of these outlets, to be changed.
select f.feed_id, f.url, f.listed_url, o.name as outlet, f.status, f.status_note, f.history,
       (f.url = any(:feeds::text[]) or coalesce(f.listed_url = any(:feeds::text[]), false)) as named
from news.feeds as f join news.outlets as o using (outlet_id)
where f.url = any(:feeds::text[]) or f.listed_url = any(:feeds::text[]) or o.name = any(:outlets::text[])
order by f.feed_id for update of f;

-- name: pause_feeds(feed_ids, note)!
-- Whoever pauses a feed has seen its alarm.
update news.feeds set status = 'paused', status_note = :note, alarm = null, alarm_since = null, updated_at = now()
where feed_id = any(:feed_ids::bigint[]);

-- name: resume_feeds(rows, note)!
update news.feeds as f set status = 'active', status_note = :note, history = r.history, failures = 0, alarm = null, alarm_since = null,
    next_poll_at = now(), next_poll_reason = 'resumed by an operator: polled at once', updated_at = now()
from jsonb_to_recordset(:rows::jsonb) as r(feed_id bigint, history jsonb)
where f.feed_id = r.feed_id;

-- name: feed_list(outlet, status)
select outlet, url, status, status_note, status_since, next_poll_at, next_poll_reason, alarm, proposed_url from news.feed_health
where (:outlet::text is null or outlet = :outlet) and (:status::text is null or status = :status)
order by outlet, url;
