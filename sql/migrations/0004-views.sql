-- What people read: the ledger, the current articles with their current verdicts, the feeds' health.

create view news.ledger as
select state, reason, stage, count(*) as urls, min(first_listed_at) as oldest, max(settled_at) as newest_settled
from news.urls
group by state, reason, stage;
comment on view news.ledger is 'Every URL ever listed, counted once: by state, reason and outstanding station.';
comment on column news.ledger.state is 'pending, published, skipped or failed.';
comment on column news.ledger.reason is 'Why skipped or failed; for pending, what delays it.';
comment on column news.ledger.stage is 'The station with outstanding work; for published ones a revisit.';
comment on column news.ledger.urls is 'How many URLs.';
comment on column news.ledger.oldest is 'When the oldest of them was first listed.';
comment on column news.ledger.newest_settled is 'When the newest of them was settled.';

create view news.ledger_check as
select
    listed, published, skipped, failed, pending, articles, stray,
    listed = published + skipped + failed + pending and published = articles and stray = 0 as adds_up
from
    (select count(distinct url_id) as listed from news.listings) as l,
    (select
        count(*) filter (where state = 'published') as published,
        count(*) filter (where state = 'skipped') as skipped,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'pending') as pending
     from news.urls) as s,
    (select count(*) as articles
     from news.articles as a join news.urls as u using (url_id)
     where u.state = 'published' and a.revision_id is not null and a.story_id is not null) as a,
    (select count(*) as stray from news.urls as u
     where not exists (select from news.listings as i where i.url_id = u.url_id)) as x;
comment on view news.ledger_check is 'The proof: listed = published + skipped + failed + pending, counted from independent tables.';
comment on column news.ledger_check.listed is 'Distinct URLs in listings.';
comment on column news.ledger_check.published is 'URLs in state published.';
comment on column news.ledger_check.skipped is 'URLs in state skipped.';
comment on column news.ledger_check.failed is 'URLs in state failed.';
comment on column news.ledger_check.pending is 'URLs in state pending.';
comment on column news.ledger_check.articles is 'Published URLs that have an article with revision and story.';
comment on column news.ledger_check.stray is 'URLs that no feed lists: must be 0.';
comment on column news.ledger_check.adds_up is 'True when the ledger adds up.';

create view news.current_model as
select model_version from news.models where promoted_at is not null order by promoted_at desc, model_version desc limit 1;
comment on view news.current_model is 'The model whose verdicts are the current ones.';
comment on column news.current_model.model_version is 'Its version.';

create view news.current_verdicts as
select
    a.article_id, r.revision_id, v.model_version,
    coalesce(w.label, v.label) as label,
    v.label as model_label,
    v.probability, v.centrality, v.topics, v.evidence, v.flip, v.language, v.note, v.created_at,
    w.reviewer, w.reviewed_at
from news.articles as a
join news.revisions as r on r.revision_id = a.revision_id
-- The current model's verdict; where a newer model is deployed but not promoted yet, the newest verdict there is.
join lateral (
    select * from news.verdicts as c where c.revision_id = r.revision_id
    order by (c.model_version = (select model_version from news.current_model)) desc, c.created_at desc limit 1
) as v on true
left join lateral (
    select label, reviewer, reviewed_at from news.reviews
    where article_id = a.article_id order by reviewed_at desc, review_id desc limit 1
) as w on true;
comment on view news.current_verdicts is 'The verdict that counts for each article: a reviewer''s label first, else the current model''s.';
comment on column news.current_verdicts.article_id is 'The article.';
comment on column news.current_verdicts.revision_id is 'Its current revision.';
comment on column news.current_verdicts.model_version is 'The model that judged.';
comment on column news.current_verdicts.label is 'The label that counts.';
comment on column news.current_verdicts.model_label is 'The model''s own label.';
comment on column news.current_verdicts.probability is 'The model''s calibrated probability.';
comment on column news.current_verdicts.centrality is 'central, mentioned or none.';
comment on column news.current_verdicts.topics is 'Topics with scores.';
comment on column news.current_verdicts.evidence is 'Verbatim spans with weights.';
comment on column news.current_verdicts.flip is 'What it would need to flip.';
comment on column news.current_verdicts.language is 'Language that the model used.';
comment on column news.current_verdicts.note is 'Reservations.';
comment on column news.current_verdicts.created_at is 'When the model judged.';
comment on column news.current_verdicts.reviewer is 'Who reviewed; null: nobody.';
comment on column news.current_verdicts.reviewed_at is 'When it was reviewed.';

create view news.published_articles as
select
    a.article_id, u.canonical_url as url, o.name as outlet, o.country, r.title, r.subtitle, r.text, r.authors, r.agency,
    r.published_at, r.published_source, r.published_precision, r.published_conflict, r.modified_at,
    coalesce(r.published_at, a.first_seen_at) as shown_at,
    a.first_seen_at, r.language, r.word_count, r.paywalled, r.quality_flags,
    v.label, v.probability, v.centrality, v.topics, v.evidence, v.model_version, v.reviewer,
    a.story_id, r.number as revision, a.gone_at
from news.articles as a
join news.urls as u using (url_id)
join news.outlets as o on o.outlet_id = a.outlet_id
join news.revisions as r on r.revision_id = a.revision_id
left join news.current_verdicts as v on v.article_id = a.article_id
where u.state = 'published';
comment on view news.published_articles is 'Every published article, as it stands now, with the verdict that counts.';
comment on column news.published_articles.article_id is 'Key of the article.';
comment on column news.published_articles.url is 'Canonical URL.';
comment on column news.published_articles.outlet is 'Who publishes it.';
comment on column news.published_articles.country is 'Where from.';
comment on column news.published_articles.title is 'Headline.';
comment on column news.published_articles.subtitle is 'Standfirst.';
comment on column news.published_articles.text is 'Clean text.';
comment on column news.published_articles.authors is 'People named as authors.';
comment on column news.published_articles.agency is 'Agency credited.';
comment on column news.published_articles.published_at is 'Publication time as the outlet gives it.';
comment on column news.published_articles.published_source is 'Where that time came from.';
comment on column news.published_articles.published_precision is 'How precise it is.';
comment on column news.published_articles.published_conflict is 'How sources disagree on it.';
comment on column news.published_articles.modified_at is 'Last change as the outlet gives it.';
comment on column news.published_articles.shown_at is 'Publication time, or first sighting where none is known.';
comment on column news.published_articles.first_seen_at is 'When a feed first listed it.';
comment on column news.published_articles.language is 'Detected language.';
comment on column news.published_articles.word_count is 'Words in the text.';
comment on column news.published_articles.paywalled is 'Text likely incomplete.';
comment on column news.published_articles.quality_flags is 'What is odd about the text.';
comment on column news.published_articles.label is 'conflict, other or uncertain: the label that counts.';
comment on column news.published_articles.probability is 'Calibrated probability.';
comment on column news.published_articles.centrality is 'central, mentioned or none.';
comment on column news.published_articles.topics is 'Topics with scores.';
comment on column news.published_articles.evidence is 'Verbatim spans with weights.';
comment on column news.published_articles.model_version is 'The model that judged.';
comment on column news.published_articles.reviewer is 'The person who reviewed it, if any.';
comment on column news.published_articles.story_id is 'The story that it tells.';
comment on column news.published_articles.revision is 'Number of the current revision: above 1 it was changed after publication.';
comment on column news.published_articles.gone_at is 'When it was taken down.';

create view news.conflict_articles as
select * from news.published_articles where label = 'conflict';
comment on view news.conflict_articles is 'The articles about the Ukraine–Russia conflict: published_articles with label conflict.';

create view news.story_overview as
select
    s.story_id, count(*) as copies, count(distinct a.outlet_id) as outlets,
    min(a.first_seen_at) as first_seen_at,
    (array_agg(o.name order by coalesce(r.published_at, a.first_seen_at), a.article_id))[1] as first_outlet,
    (array_agg(r.title order by coalesce(r.published_at, a.first_seen_at), a.article_id))[1] as first_title,
    (array_agg(r.agency) filter (where r.agency is not null))[1] as agency
from news.stories as s
join news.articles as a using (story_id)
join news.revisions as r on r.revision_id = a.revision_id
join news.outlets as o on o.outlet_id = a.outlet_id
group by s.story_id;
comment on view news.story_overview is 'Stories with their copies and the first-seen source.';
comment on column news.story_overview.story_id is 'Key of the story.';
comment on column news.story_overview.copies is 'Articles that tell it.';
comment on column news.story_overview.outlets is 'Outlets that carry it.';
comment on column news.story_overview.first_seen_at is 'When the first copy was listed.';
comment on column news.story_overview.first_outlet is 'Outlet of the earliest copy, by publication time where known.';
comment on column news.story_overview.first_title is 'Its headline.';
comment on column news.story_overview.agency is 'Agency credited by a copy.';

create view news.silent_edits as
select
    u.canonical_url as url, o.name as outlet, r.number as revision, r.seen_at, r.title, p.title as title_before,
    r.change, r.modified_at, p.text as text_before, r.text
from news.revisions as r
join news.revisions as p on p.article_id = r.article_id and p.number = r.number - 1
join news.articles as a on a.article_id = r.article_id
join news.urls as u on u.url_id = a.url_id
join news.outlets as o on o.outlet_id = a.outlet_id
where not coalesce((r.change ->> 'announced')::boolean, false);
comment on view news.silent_edits is 'Changes after publication that the page does not announce by a newer modification time.';
comment on column news.silent_edits.url is 'The article.';
comment on column news.silent_edits.outlet is 'Who publishes it.';
comment on column news.silent_edits.revision is 'Number of the changed revision.';
comment on column news.silent_edits.seen_at is 'When we noticed.';
comment on column news.silent_edits.title is 'Headline now.';
comment on column news.silent_edits.title_before is 'Headline before.';
comment on column news.silent_edits.change is 'Words added and removed.';
comment on column news.silent_edits.modified_at is 'Modification time that the page gives.';
comment on column news.silent_edits.text_before is 'Text before.';
comment on column news.silent_edits.text is 'Text now.';

create view news.feed_health as
select
    o.name as outlet, f.url, f.status, f.next_poll_at, f.next_poll_reason, f.last_polled_at, f.last_outcome,
    f.last_success_at, f.newest_entry_at, f.failures, f.alarm, f.alarm_since, f.proposed_url
from news.feeds as f
join news.outlets as o using (outlet_id);
comment on view news.feed_health is 'Each feed: when it is polled next and why, in words, and what is wrong with it.';
comment on column news.feed_health.outlet is 'Who publishes it.';
comment on column news.feed_health.url is 'Its address.';
comment on column news.feed_health.status is 'active, paused, retired or removed.';
comment on column news.feed_health.next_poll_at is 'When it is polled next.';
comment on column news.feed_health.next_poll_reason is 'Why then.';
comment on column news.feed_health.last_polled_at is 'When it was last polled.';
comment on column news.feed_health.last_outcome is 'What that brought.';
comment on column news.feed_health.last_success_at is 'When it last answered as a feed.';
comment on column news.feed_health.newest_entry_at is 'Publication time of its newest entry.';
comment on column news.feed_health.failures is 'Failed polls in a row.';
comment on column news.feed_health.alarm is 'What a person should look at.';
comment on column news.feed_health.alarm_since is 'Since when.';
comment on column news.feed_health.proposed_url is 'Proposed replacement.';

create view news.review_queue as
select a.article_id, r.revision_id, u.canonical_url as url, o.name as outlet, r.title, left(r.text, 1500) as opening,
       v.probability, v.evidence, v.topics, v.language, a.first_seen_at
from news.articles as a
join news.urls as u using (url_id)
join news.outlets as o on o.outlet_id = a.outlet_id
join news.revisions as r on r.revision_id = a.revision_id
join news.current_verdicts as v on v.article_id = a.article_id
where v.label = 'uncertain' and u.state = 'published';
comment on view news.review_queue is 'Articles in the uncertain band that no person has judged yet.';
comment on column news.review_queue.article_id is 'The article.';
comment on column news.review_queue.revision_id is 'Its current revision.';
comment on column news.review_queue.url is 'Canonical URL.';
comment on column news.review_queue.outlet is 'Who publishes it.';
comment on column news.review_queue.title is 'Headline.';
comment on column news.review_queue.opening is 'The first 1,500 characters.';
comment on column news.review_queue.probability is 'The model''s probability.';
comment on column news.review_queue.evidence is 'What the model went by.';
comment on column news.review_queue.topics is 'Topics with scores.';
comment on column news.review_queue.language is 'Language.';
comment on column news.review_queue.first_seen_at is 'When it was first listed.';

do $comments$
declare
    col record;
begin
    -- conflict_articles has the columns of published_articles, and so their comments.
    for col in
        select a.attname as name, col_description(a.attrelid, a.attnum) as words
        from pg_attribute as a where a.attrelid = 'news.published_articles'::regclass and a.attnum > 0
    loop
        execute format('comment on column news.conflict_articles.%I is %L', col.name, col.words);
    end loop;
end
$comments$;
