-- Review: the uncertain band, judged by people.

-- name: lock_review_requests()!
-- Two runs that pick at once would pick the same.
lock table news.review_requests in share row exclusive mode;

-- name: claim_reviews(most, asked_by, waiting)
-- The most valuable first: of the newest days, those nearest to even odds; none that another run still asks about.
-- Needs lock_review_requests before it.
with chosen as (
    select q.article_id, q.revision_id,
           row_number() over (order by date_trunc('day', q.first_seen_at, 'UTC') desc, abs(q.probability - 0.5), q.article_id) as turn
    from news.review_queue as q left join news.review_requests as r using (article_id)
    where r.article_id is null or r.asked_until <= now() or r.asked_by = :asked_by
    order by turn limit :most
), claimed as (
    insert into news.review_requests (article_id, asked_by, asked_until)
    select article_id, :asked_by, now() + :waiting::interval from chosen
    on conflict (article_id) do update set asked_by = excluded.asked_by, asked_until = excluded.asked_until
)
select article_id, revision_id from chosen order by turn;

-- name: review_item(article_id, revision_id)^
select article_id, revision_id, url, outlet, title, opening, probability, evidence, topics, language, first_seen_at
from news.review_queue where article_id = :article_id and revision_id = :revision_id;

-- name: lock_article(article_id)$
select article_id from news.articles where article_id = :article_id for update;

-- name: add_review(article_id, revision_id, label, reviewer, reviewed_at, note)!
-- An answer is known by who gave it and when: a repeated task stores it once. Needs lock_article before it.
insert into news.reviews (article_id, revision_id, label, reviewer, reviewed_at, note)
select :article_id, :revision_id, :label, :reviewer, :reviewed_at, :note
where not exists (
    select from news.reviews
    where article_id = :article_id and revision_id = :revision_id and reviewer = :reviewer and reviewed_at = :reviewed_at
);

-- name: reviewed_articles(after, most)
-- The newest review of each article, with the text that the reviewer read.
select w.article_id, w.revision_id, w.label, w.reviewer, w.reviewed_at, w.note, u.canonical_url as url, o.name as outlet,
       r.title, r.text, r.language, coalesce(r.published_at, a.first_seen_at) as shown_at,
       v.model_version, v.probability, v.label as model_label
from (
    select distinct on (article_id) * from news.reviews
    where article_id > :after order by article_id, reviewed_at desc, review_id desc
) as w
join news.articles as a using (article_id)
join news.urls as u using (url_id)
join news.outlets as o on o.outlet_id = a.outlet_id
join news.revisions as r on r.revision_id = w.revision_id
left join news.verdicts as v
    on v.revision_id = w.revision_id and v.model_version = (select model_version from news.current_model)
order by w.article_id limit :most;

-- name: review_counts()^
select (select count(*) from news.review_queue) as waiting, (select count(distinct article_id) from news.reviews) as reviewed;
