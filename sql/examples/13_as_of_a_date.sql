-- What would the count of conflict articles have been at an earlier moment? (To reproduce a figure that was published.)
--
-- Watch out: set the moment in the first lines. It takes the articles published, the revisions stored, the model promoted
-- and the reviews given by then.
-- Two things are overwritten, not versioned, and may differ from then: texts and verdicts that a promoted replay replaced (the old
-- values are in news.reprocess_changes.before, with the time in news.reprocess_runs.promoted_at; `replayed_since`
-- counts such articles), and the facts about outlets. Write down the moment and `model_version` with every figure that you publish.
with moment as (
    select now() as as_of
    -- select timestamptz '2026-12-31 23:59:59+00' as as_of
),
model as (
    select model_version from news.models, moment
    where promoted_at <= as_of
    order by promoted_at desc, model_version desc
    limit 1
),
revision as (
    select distinct on (r.article_id) r.article_id, r.revision_id, r.language
    from news.revisions as r
    join news.articles as a using (article_id)
    join news.urls as u on u.url_id = a.url_id
    cross join moment
    where r.created_at <= as_of and u.state = 'published' and u.settled_at <= as_of
    order by r.article_id, r.number desc
),
review as (
    select distinct on (w.article_id) w.article_id, w.label
    from news.reviews as w, moment
    where w.reviewed_at <= as_of
    order by w.article_id, w.reviewed_at desc, w.review_id desc
)
select
    moment.as_of,
    model.model_version,
    revision.language,
    count(*) filter (where coalesce(review.label, v.label) = 'conflict') as conflict,
    count(*) filter (where coalesce(review.label, v.label) = 'uncertain') as uncertain,
    count(*) as articles,
    count(*) filter (where exists (
        select from news.reprocess_changes as x join news.reprocess_runs as p using (reprocess_id)
        where x.revision_id = revision.revision_id and p.promoted_at > moment.as_of)) as replayed_since
from moment
cross join model
cross join revision
left join news.verdicts as v on v.revision_id = revision.revision_id and v.model_version = model.model_version
left join review on review.article_id = revision.article_id
group by moment.as_of, model.model_version, revision.language
order by conflict desc, revision.language;
