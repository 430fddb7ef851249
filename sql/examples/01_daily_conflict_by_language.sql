-- How many articles about the conflict were published per day and language?
--
-- Watch out: `uncertain` is the band in which the model abstains. It is shown beside the count and belongs to neither side;
-- the truth lies between `conflict` and `conflict + uncertain`. `shown_at` is the outlet's publication time, or the first
-- sighting where it gives none (`undated`). Days are UTC. `unjudged` articles have no verdict of the current model yet.
select
    (shown_at at time zone 'UTC')::date as day,
    language,
    count(*) filter (where label = 'conflict') as conflict,
    count(*) filter (where label = 'uncertain') as uncertain,
    count(*) filter (where label = 'other') as other,
    count(*) filter (where label is null) as unjudged,
    count(*) filter (where published_at is null) as undated
from news.published_articles
group by day, language
order by day desc, conflict desc, language;
