-- Replay: a window of the past read and judged again from the archive, compared, and promoted.

-- name: open_replay(what, window_start, window_end, summary)$
insert into news.reprocess_runs (what, window_start, window_end, summary)
values (:what::text[], :window_start, :window_end, :summary::jsonb)
returning reprocess_id;

-- name: replay_of(key)$
-- A repeated task finds the replay that it had begun.
select reprocess_id from news.reprocess_runs where summary ->> 'key' = :key order by reprocess_id desc limit 1;

-- name: replay_run(reprocess_id)^
select reprocess_id, what, window_start, window_end, started_at, finished_at, promoted_at, summary
from news.reprocess_runs where reprocess_id = :reprocess_id;

-- name: replay_articles(window_start, window_end, after, most)
select article_id from news.articles
where first_seen_at >= :window_start and first_seen_at < :window_end and article_id > :after and revision_id is not null
order by article_id limit :most;

-- name: replay_revisions(article_ids, model_version)
-- All that extraction may use (see pages_to_extract), the stored revision, and the verdicts: the one of the current
-- model, and the one of the model that judges now, where it has judged before.
select r.*, r.revision_id = a.revision_id as is_current, o.name as outlet, o.time_zone, u.canonical_url as url,
       p.final_url, p.http_status, p.content_type, p.headers, p.fetched_at, p.body_zstd,
       l.title as feed_title, l.summary as feed_summary, l.authors as feed_authors, l.published_at as feed_published_at,
       k.lines as known_boilerplate, to_jsonb(v) as verdict, to_jsonb(n) as judged_before, w.label as review
from news.revisions as r
join news.articles as a using (article_id)
join news.urls as u using (url_id)
join news.outlets as o on o.outlet_id = a.outlet_id
left join news.pages as p on p.page_id = r.page_id and p.fetched_at = r.page_fetched_at
left join lateral (
    select * from news.listings as l where l.url_id = u.url_id order by l.first_seen_at, l.feed_id limit 1
) as l on true
left join news.known_boilerplate as k on k.outlet_id = u.outlet_id
left join news.verdicts as v on v.revision_id = r.revision_id and v.model_version = (select model_version from news.current_model)
left join news.verdicts as n on n.revision_id = r.revision_id and n.model_version = :model_version
left join lateral (
    select label from news.reviews where article_id = a.article_id order by reviewed_at desc, review_id desc limit 1
) as w on true
where r.article_id = any(:article_ids::bigint[])
order by r.article_id, r.number;

-- name: keep_changes(reprocess_id, rows)!
insert into news.reprocess_changes (reprocess_id, revision_id, kind, before, after)
select :reprocess_id, revision_id, kind, before, after
from jsonb_to_recordset(:rows::jsonb) as c(revision_id bigint, kind text, before jsonb, after jsonb)
on conflict (reprocess_id, revision_id, kind) do update set before = excluded.before, after = excluded.after;

-- name: note_replay(reprocess_id, summary)!
update news.reprocess_runs set summary = :summary::jsonb where reprocess_id = :reprocess_id;

-- name: finish_replay(reprocess_id, summary)!
update news.reprocess_runs set summary = :summary::jsonb, finished_at = clock_timestamp() where reprocess_id = :reprocess_id;

-- name: flip_examples(reprocess_id, most)
-- Some flips of each direction: those where the probability moved most are the ones to look at.
select direction, revision_id, title, outlet, language, url, before_probability, after_probability, gained, lost
from (
    select c.before ->> 'label' || ' → ' || (c.after ->> 'label') as direction, c.revision_id, r.title, o.name as outlet,
           r.language, u.canonical_url as url,
           (c.before ->> 'probability')::float8 as before_probability, (c.after ->> 'probability')::float8 as after_probability,
           c.after -> 'evidence_gained' as gained, c.after -> 'evidence_lost' as lost,
           row_number() over (
               partition by c.before ->> 'label', c.after ->> 'label'
               order by abs((c.after ->> 'probability')::float8 - (c.before ->> 'probability')::float8) desc, c.revision_id
           ) as place
    from news.reprocess_changes as c
    join news.revisions as r using (revision_id)
    join news.articles as a on a.article_id = r.article_id and a.revision_id = r.revision_id
    join news.urls as u using (url_id)
    join news.outlets as o on o.outlet_id = a.outlet_id
    where c.reprocess_id = :reprocess_id and c.kind = 'verdict' and c.before ->> 'label' <> c.after ->> 'label'
) as flips
where place <= :most order by direction, place;

-- name: refusal_examples(reprocess_id, most)
select r.revision_id, r.title, o.name as outlet, u.canonical_url as url, c.after ->> 'reason' as reason, c.after ->> 'detail' as detail
from news.reprocess_changes as c
join news.revisions as r using (revision_id)
join news.articles as a using (article_id)
join news.urls as u using (url_id)
join news.outlets as o on o.outlet_id = a.outlet_id
where c.reprocess_id = :reprocess_id and c.kind = 'refused'
order by c.revision_id limit :most;

-- name: changed_revisions(reprocess_id, after, most)
select distinct revision_id from news.reprocess_changes
where reprocess_id = :reprocess_id and kind in ('extraction', 'verdict') and revision_id > :after
order by revision_id limit :most;

-- name: promote_extractions(reprocess_id, revision_ids)!
-- Only where the revision is as it was compared (or already promoted): another replay may have been promoted between.
update news.revisions as r
set title = n.title, subtitle = n.subtitle, text = n.text, authors = n.authors, agency = n.agency,
    published_at = n.published_at, published_offset = n.published_offset, published_source = n.published_source,
    published_precision = n.published_precision, published_why = n.published_why, published_conflict = n.published_conflict,
    modified_at = n.modified_at, modified_source = n.modified_source, language = n.language,
    language_confidence = n.language_confidence, canonical_url = n.canonical_url, image_url = n.image_url, tags = n.tags,
    section = n.section, site_name = n.site_name, page_kind = n.page_kind, paywalled = n.paywalled,
    paywall_signs = n.paywall_signs, licence = n.licence, tdm_reserved = n.tdm_reserved, word_count = n.word_count,
    quality_flags = n.quality_flags, removed = n.removed, content_hash = n.content_hash,
    near_duplicate_key = n.near_duplicate_key, change = n.change, extractor_version = n.extractor_version, encoding = n.encoding
from (
    select found.*
    from news.reprocess_changes as c
    join news.revisions as old using (revision_id)
    cross join lateral jsonb_populate_record(old, c.after) as found
    where c.reprocess_id = :reprocess_id and c.kind = 'extraction' and c.revision_id = any(:revision_ids::bigint[])
      and (old.content_hash, old.extractor_version) in (
          (c.before ->> 'content_hash', c.before ->> 'extractor_version'),
          (c.after ->> 'content_hash', c.after ->> 'extractor_version')
      )
) as n
where r.revision_id = n.revision_id;

-- name: promote_verdicts(reprocess_id, revision_ids)!
-- Only where the text is the one that was judged.
insert into news.verdicts (revision_id, model_version, label, probability, centrality, topics, evidence, flip, language, note,
                           unknown_rate)
select c.revision_id, v.model_version, v.label, v.probability, v.centrality, v.topics, v.evidence, v.flip, v.language, v.note,
       v.unknown_rate
from news.reprocess_changes as c
join news.revisions as r using (revision_id)
cross join lateral jsonb_to_record(c.after) as v(model_version text, label text, probability real, centrality text, topics jsonb,
    evidence jsonb, flip jsonb, language text, note text, unknown_rate real)
where c.reprocess_id = :reprocess_id and c.kind = 'verdict' and c.revision_id = any(:revision_ids::bigint[])
  and r.content_hash = c.after ->> 'content_hash'
on conflict (revision_id, model_version) do update set
    label = excluded.label, probability = excluded.probability, centrality = excluded.centrality, topics = excluded.topics,
    evidence = excluded.evidence, flip = excluded.flip, language = excluded.language, note = excluded.note,
    unknown_rate = excluded.unknown_rate, created_at = now();

-- name: stale_changes(reprocess_id)$
-- Changes that could not be promoted, because the revision is no longer what was compared.
select count(*) from news.reprocess_changes as c join news.revisions as r using (revision_id)
where c.reprocess_id = :reprocess_id and c.kind in ('extraction', 'verdict') and r.content_hash <> c.after ->> 'content_hash';

-- name: unjudged_articles(model_version)^
-- Articles that would have no verdict if this model were the current one.
select count(*) as articles, min(a.first_seen_at) as oldest, max(a.first_seen_at) as newest
from news.articles as a join news.urls as u using (url_id)
where u.state = 'published' and a.revision_id is not null and not exists (
    select from news.verdicts as v where v.revision_id = a.revision_id and v.model_version = :model_version
);

-- name: mark_promoted(reprocess_id, summary)!
update news.reprocess_runs set summary = :summary::jsonb, promoted_at = coalesce(promoted_at, clock_timestamp())
where reprocess_id = :reprocess_id;

-- name: replays(most)
select reprocess_id, what, window_start, window_end, started_at, finished_at, promoted_at,
       summary -> 'counts' -> 'seen' as seen, summary -> 'counts' -> 'flips' as flips
from news.reprocess_runs order by reprocess_id desc limit :most;

-- name: replay_refused(window_start, window_end, reasons, after, most)
-- URLs that were listed in the window and came to nothing because of what their archived page is.
select u.url_id, u.reason, u.canonical_url as url, o.name as outlet, o.time_zone,
       p.final_url, p.http_status, p.content_type, p.headers, p.fetched_at, p.body_zstd,
       l.title as feed_title, l.summary as feed_summary, l.authors as feed_authors, l.published_at as feed_published_at,
       k.lines as known_boilerplate
from news.urls as u
join news.outlets as o using (outlet_id)
join news.pages as p on p.page_id = u.page_id and p.fetched_at = u.page_fetched_at and p.body_zstd is not null
left join lateral (
    select * from news.listings as l where l.url_id = u.url_id order by l.first_seen_at, l.feed_id limit 1
) as l on true
left join news.known_boilerplate as k on k.outlet_id = u.outlet_id
where u.state in ('skipped', 'failed') and u.stage is null and u.reason = any(:reasons::text[])
  and u.first_listed_at >= :window_start and u.first_listed_at < :window_end and u.url_id > :after
order by u.url_id limit :most;

-- name: extract_again(url_ids)!
-- Back to the extract station, by the ledger's own way. One that has moved on since is left alone.
update news.urls
set state = 'pending', stage = 'extract', due_at = now(), reason = null, detail = null, attempts = 0, settled_at = null,
    settled_run_id = null
where url_id = any(:url_ids::bigint[]) and state in ('skipped', 'failed') and stage is null;
