-- Extraction, classification and grouping: URLs are claimed with SKIP LOCKED and a lease, and moved on in chunks.

-- name: claim_urls(stage, owner, lease, limit)
with taken as (
    select url_id from news.urls
    where stage = :stage and due_at <= now() and (lease_until is null or lease_until < clock_timestamp())
    order by due_at, url_id limit :limit
    for update skip locked
)
update news.urls as u set lease_owner = :owner, lease_until = clock_timestamp() + :lease::interval
from taken where u.url_id = taken.url_id
returning u.url_id;

-- name: pages_to_extract(url_ids)
-- All that extraction may use, the lines that repeat over the outlet's pages among it (looked up once per outlet).
select u.url_id, u.canonical_url, u.state, u.attempts, u.first_listed_at, o.time_zone,
       p.page_id, p.fetched_at, p.final_url, p.http_status, p.content_type, p.headers, p.body_zstd,
       l.title as feed_title, l.summary as feed_summary, l.authors as feed_authors, l.published_at as feed_published_at,
       k.lines as known_boilerplate
from news.urls as u
join news.outlets as o using (outlet_id)
join news.pages as p on p.page_id = u.page_id and p.fetched_at = u.page_fetched_at
left join lateral (
    select * from news.listings as l where l.url_id = u.url_id order by l.first_seen_at, l.feed_id limit 1
) as l on true
left join news.known_boilerplate as k on k.outlet_id = u.outlet_id
where u.url_id = any(:url_ids::bigint[]);

-- name: lock_owned(url_ids, stage, owner)
-- Of the claimed URLs, those that are still ours: a lease that ran out may have gone to another worker.
select url_id from news.urls
where url_id = any(:url_ids::bigint[]) and stage = :stage and lease_owner = :owner
order by url_id for update;

-- name: ensure_articles(rows)!
-- An article for each URL, unless another URL already leads to the same one (see duplicates_of). Of several addresses
-- that come together (a print version, a tracker), the one that the article calls its own comes first.
insert into news.articles (url_id, identity, outlet_id, first_seen_at)
select u.url_id, sha256(convert_to(r.identity, 'UTF8')), u.outlet_id, u.first_listed_at
from jsonb_to_recordset(:rows::jsonb) as r(url_id bigint, identity text) join news.urls as u using (url_id)
where not exists (select from news.articles as a where a.url_id = u.url_id)
order by 2, (u.canonical_url = r.identity) desc, u.url_id
on conflict do nothing;

-- name: duplicates_of(rows)
-- The URL whose article each of these addresses already is.
select r.url_id, a.url_id as original_id, u.canonical_url as original
from jsonb_to_recordset(:rows::jsonb) as r(url_id bigint, identity text)
join news.articles as a on a.identity = sha256(convert_to(r.identity, 'UTF8'))
join news.urls as u on u.url_id = a.url_id;

-- name: current_revisions(url_ids)
select a.url_id, a.article_id, a.story_id, r.revision_id, r.number, r.content_hash, r.title, r.text, r.removed, r.modified_at
from news.articles as a left join news.revisions as r on r.revision_id = a.revision_id
where a.url_id = any(:url_ids::bigint[]);

-- name: insert_revisions(rows)!
with made as (
    insert into news.revisions (article_id, number, page_id, page_fetched_at, seen_at, title, subtitle, text, authors, agency,
        published_at, published_offset, published_source, published_precision, published_why, published_conflict,
        modified_at, modified_source, language, language_confidence, canonical_url, image_url, tags, section, site_name,
        page_kind, paywalled, paywall_signs, licence, tdm_reserved, word_count, quality_flags, removed, content_hash,
        near_duplicate_key, change, extractor_version, encoding)
    select article_id, number, page_id, page_fetched_at, seen_at, title, subtitle, text, authors, agency,
        published_at, published_offset, published_source, published_precision, published_why, published_conflict,
        modified_at, modified_source, language, language_confidence, canonical_url, image_url, tags, section, site_name,
        page_kind, paywalled, paywall_signs, licence, tdm_reserved, word_count, quality_flags, removed, content_hash,
        near_duplicate_key, change, extractor_version, encoding
    from jsonb_populate_recordset(null::news.revisions, :rows::jsonb)
    returning revision_id, article_id
)
update news.articles as a set revision_id = made.revision_id from made where made.article_id = a.article_id;

-- name: texts_to_classify(url_ids)
select u.url_id, u.state, u.attempts, u.first_listed_at, u.canonical_url as url,
       r.revision_id, r.title, r.text, r.language, r.published_at
from news.urls as u join news.articles as a using (url_id) join news.revisions as r on r.revision_id = a.revision_id
where u.url_id = any(:url_ids::bigint[]);

-- name: know_model(model_version)!
-- The first model of a database is current at once; a later one must be promoted.
insert into news.models (model_version, promoted_at)
select :model_version, case when not exists (select from news.models where promoted_at is not null) then clock_timestamp() end
on conflict (model_version) do nothing;

-- name: promote_model(model_version)!
update news.models set promoted_at = clock_timestamp() where model_version = :model_version;

-- name: current_model()$
select model_version from news.current_model;

-- name: upsert_verdicts(rows, run_id)!
insert into news.verdicts (revision_id, model_version, label, probability, centrality, topics, evidence, flip, language, note,
                           unknown_rate, run_id)
select revision_id, model_version, label, probability, centrality, topics, evidence, flip, language, note, unknown_rate, :run_id
from jsonb_to_recordset(:rows::jsonb) as r(revision_id bigint, model_version text, label text, probability real,
    centrality text, topics jsonb, evidence jsonb, flip jsonb, language text, note text, unknown_rate real)
on conflict (revision_id, model_version) do update set
    label = excluded.label, probability = excluded.probability, centrality = excluded.centrality, topics = excluded.topics,
    evidence = excluded.evidence, flip = excluded.flip, language = excluded.language, note = excluded.note,
    unknown_rate = excluded.unknown_rate, run_id = excluded.run_id, created_at = now();

-- name: lock_grouping()!
-- One grouping at a time: two that look up the same copy at once would open two stories for it.
select pg_advisory_xact_lock(hashtext('news.grouping'));

-- name: keys_to_group(url_ids)
select u.url_id, u.state, u.attempts, u.first_listed_at, a.article_id, a.story_id, a.outlet_id, u.canonical_url,
       r.revision_id, r.near_duplicate_key, r.content_hash, r.title, r.text, r.modified_at
from news.urls as u join news.articles as a using (url_id) join news.revisions as r on r.revision_id = a.revision_id
where u.url_id = any(:url_ids::bigint[])
order by a.first_seen_at, a.article_id;

-- name: near_duplicates(key, article_id, window)
-- Articles whose current text shares a band of the near-duplicate key, and that were listed at about the same time.
-- Step by step, each by its index (`offset 0` keeps the steps apart): Postgres expects that one text in fifty shares a
-- band, and left to itself goes through all articles of that time.
with alike as materialized (
    select * from news.revisions where near_duplicate_key && :key::integer[]
)
select a.article_id, a.story_id, a.outlet_id, a.canonical_url, r.number, r.title, r.text, r.content_hash, r.modified_at
from alike as r
cross join lateral (
    select a.article_id, a.story_id, a.outlet_id, a.first_seen_at, u.canonical_url
    from news.articles as a join news.urls as u using (url_id)
    where a.article_id = r.article_id and a.revision_id = r.revision_id offset 0
) as a
where a.article_id <> :article_id and a.story_id is not null
  and a.first_seen_at between (select first_seen_at from news.articles where article_id = :article_id) - :window::interval
                          and (select first_seen_at from news.articles where article_id = :article_id) + :window::interval
order by a.first_seen_at, a.article_id limit 50;

-- name: open_story(article_id)$
insert into news.stories (first_article_id) values (:article_id) returning story_id;

-- name: set_story(article_id, story_id)!
update news.articles set story_id = :story_id where article_id = :article_id;

-- name: adopt_revision(revision_id, article_id, number, change)!
-- A corrected headline changed the address: what looked like a new article is a new revision of a known one.
update news.revisions set article_id = :article_id, number = :number, change = :change::jsonb where revision_id = :revision_id;

-- name: replace_article(article_id, by_article_id, revision_id)!
with gone as (delete from news.articles where article_id = :article_id)
update news.articles set revision_id = :revision_id, gone_at = null, gone_reason = null where article_id = :by_article_id;
