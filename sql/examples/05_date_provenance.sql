-- Where do publication times come from, how precise are they, and how often do sources disagree?
--
-- Watch out: a time of precision `day` stands at midnight: do not plot it by the hour. `conflicting` counts articles
-- on whose date the page, its metadata and the feed disagree; the chosen one is in `published_at`, the disagreement in words
-- in `published_conflict`. `median_delay` is how long after publication a feed had shown it to us; negative values point
-- to outlets that write local time as UTC.
select
    outlet,
    coalesce(published_source, 'no date') as source,
    published_precision as precision,
    count(*) as articles,
    count(published_conflict) as conflicting,
    (array_agg(published_conflict order by article_id) filter (where published_conflict is not null))[1] as for_example,
    date_trunc('second', percentile_cont(0.5) within group (order by first_seen_at - published_at)) as median_delay
from news.published_articles
group by outlet, source, precision
order by outlet, articles desc;
